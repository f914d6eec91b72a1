// Everything that the parts of a running LoyaPro share, assembled in one place and passed as an
// argument.
import type { Logger } from 'pino'
import { createDictionaryCache } from '../archive/dictionaries.ts'
import { type ApiKeyVerifier, createApiKeyVerifier } from '../businesses/api-keys.ts'
import { type Connections, createConnections } from '../businesses/connection-cache.ts'
import type { BranchCache } from '../businesses/known-branches.ts'
import { createLimits, type LimitOptions, type Limits } from '../businesses/limits.ts'
import { loadPosKeys, type PosKeys } from '../businesses/pos-keys.ts'
import { type Recent, recent } from '../businesses/recent.ts'
import { createSeal, type Seal } from '../businesses/seal.ts'
import type { Database } from '../db/database.ts'
import { POOL_SIZES } from '../db/pools.ts'
import { createProofKeys, type ProofKeys } from '../identity/proof-keys.ts'
import { createIngest, type Ingest } from '../ingest/ingest.ts'
import { stateKey } from '../installations/state.ts'
import { createPosClients, type PosClients } from '../integrations/clients.ts'
import { type Integrations, shippedIntegrations } from '../integrations/registry.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import { createFairQueue, type FairQueue, type FairQueueOptions } from '../kernel/fair-queue.ts'
import { createIds, type Ids } from '../kernel/ids.ts'
import { consoleSender, type MessageSender } from '../messages/messages.ts'
import { createProgramCache, type ProgramCache } from '../programs/store.ts'
import type { Config } from './config.ts'
import { createMetrics, type Metrics } from './metrics.ts'

export interface AppContext {
  readonly config: Config
  /** For orders, tills, jobs and everything that is not named below. */
  readonly db: Database
  /** For the business API, so that its requests take no connection from orders and tills. */
  readonly apiDb: Database
  /** For health checks, which answer whatever the other pools are busy with. */
  readonly healthDb: Database
  /** Where calls of tills wait for a connection of `db`. */
  readonly tillQueue: FairQueue
  /** What callers may use in a minute. */
  readonly limits: Limits
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly metrics: Metrics
  readonly seal: Seal
  /** Card tokens and hashes of one-time passwords, under keys that follow from the secret key. */
  readonly proofKeys: ProofKeys
  /** Carries one-time passwords to customers' phones. */
  readonly messages: MessageSender
  /** Secrets and revocations of every POS, read anew every few seconds. */
  readonly posKeys: Recent<ReadonlyMap<string, PosKeys>>
  readonly apiKeys: ApiKeyVerifier
  /** Programs and branches of businesses by configuration version, as ingest last read them. */
  readonly programs: ProgramCache
  readonly branches: BranchCache
  /** Which business a POS means by a reference. */
  readonly connections: Connections
  /** The integrations with POS systems. */
  readonly integrations: Integrations
  /** Clients of the POS systems that LoyaPro can call. */
  readonly posClients: PosClients
  /** Signs the states of consents. */
  readonly consentKey: Buffer
  /** Where deliveries of points of sale go in. */
  readonly ingest: Ingest
}

/** What has to exist before the rest can be assembled. */
export interface ContextParts {
  config: Config
  db: Database
  /** `db` when not given. */
  apiDb?: Database
  healthDb?: Database
  /** Other than usual. */
  limits?: Partial<LimitOptions>
  log: Logger
  clock?: Clock
  ids?: Ids
  /** The console when not given: whoever runs LoyaPro reads the messages there. */
  messages?: MessageSender
  /** Where deliveries go in; an ingest on this thread when not given. */
  ingest?: (onBatch: (batch: { size: number }) => void) => Ingest
  /** The shipped ones when not given. */
  integrations?: Integrations
}

export function createContext({
  config,
  db,
  apiDb = db,
  healthDb = db,
  limits = {},
  log,
  clock = systemClock,
  ids = createIds(clock),
  messages = consoleSender(process.stdout),
  ingest,
  integrations = shippedIntegrations,
}: ContextParts): AppContext {
  const metrics = createMetrics()
  const seal = createSeal(config.secretKey)
  const programs = createProgramCache()
  const branches: BranchCache = new Map()
  const onBatch = ({ size }: { size: number }) => metrics.ingestBatchSize.observe(size)
  const here = () => {
    const dictionaries = createDictionaryCache()
    const deps = { db, clock, ids, log, programs, branches, dictionaries, onBatch }
    return createIngest(deps, { lanes: config.lanes })
  }
  return {
    config,
    db,
    apiDb,
    healthDb,
    tillQueue: createFairQueue(TILL_QUEUE),
    limits: createLimits(limits),
    clock,
    ids,
    log,
    metrics,
    seal,
    proofKeys: createProofKeys(config.secretKey),
    messages,
    posKeys: recent(() => loadPosKeys(db, seal, integrations)),
    apiKeys: createApiKeyVerifier(apiDb, clock),
    programs,
    branches,
    connections: createConnections(db, clock),
    integrations,
    posClients: createPosClients(integrations, config, (call) => metrics.posCalls.inc({ ...call })),
    consentKey: stateKey(config.secretKey),
    ingest: ingest ? ingest(onBatch) : here(),
  }
}

/**
 * Two connections of the pool are left to jobs and to what is looked up before a request waits. The
 * redemptions of a business follow one another in the database anyway: more than two of them at the
 * same time would gain nothing.
 */
const TILL_QUEUE: FairQueueOptions = {
  maxRunning: POOL_SIZES.db - 2,
  maxRunningOfOne: 2,
  maxListsOfOne: 2,
  maxWaiting: 1_000,
  maxWaitingOfOne: 250,
  maxWaitMs: 3_000,
}
