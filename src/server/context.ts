// The application context: the services of a process, created once by runtime.ts and passed as an
// argument to HTTP routes, jobs and commands.
import type { Logger } from 'pino'
import { createDictionaryCache } from '../archive/dictionaries.ts'
import { type ApiKeyVerifier, createApiKeyVerifier } from '../businesses/api-keys.ts'
import { type Connections, createConnections } from '../businesses/connection-cache.ts'
import type { BranchCache } from '../businesses/known-branches.ts'
import { createLimits, type LimitOptions, type Limits } from '../businesses/limits.ts'
import { loadPosKeys, type PosKeys } from '../businesses/pos-keys.ts'
import { type Recent, recent } from '../businesses/recent.ts'
import { createRefusalLog, type RefusalLog } from '../businesses/refused-deliveries.ts'
import { createSeal, type Seal } from '../businesses/seal.ts'
import type { Database } from '../db/database.ts'
import { POOL_SIZES } from '../db/pools.ts'
import { createProofKeys, type ProofKeys } from '../identity/proof-keys.ts'
import { createIngest, type Ingest } from '../ingest/ingest.ts'
import { stateKey } from '../installations/consent-state.ts'
import { createPosClients, type PosClients } from '../integrations/clients.ts'
import { type Integrations, shippedIntegrations } from '../integrations/registry.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import { createFairQueue, type FairQueue, type FairQueueOptions } from '../kernel/fair-queue.ts'
import { createIds, type Ids } from '../kernel/ids.ts'
import { type Mailer, terminalMailer } from '../mail/mailer.ts'
import { smtpMailer } from '../mail/smtp.ts'
import { consoleSender, type MessageSender } from '../messages/messages.ts'
import { createProgramCache, type ProgramCache } from '../programs/store.ts'
import { createPasswords, type Passwords } from '../staff/password.ts'
import { createSessionVerifier, type SessionVerifier } from '../staff/sessions.ts'
import type { Config } from './config.ts'
import { createMetrics, type Metrics } from './metrics.ts'

export interface AppContext {
  readonly config: Config
  /** For orders, redemptions, jobs and everything else that is not listed below. */
  readonly db: Database
  /** For the business API, so that it takes no connections from orders and redemptions. */
  readonly apiDb: Database
  /** For health checks, which answer even when the other pools are exhausted. */
  readonly healthDb: Database
  /** Where reward checks and redemptions wait for a connection of `db`. */
  readonly tillQueue: FairQueue
  /** What callers may use per minute. */
  readonly limits: Limits
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly metrics: Metrics
  readonly seal: Seal
  /** Keys of card tokens and one-time passwords, derived from the secret key. */
  readonly proofKeys: ProofKeys
  /** Sends one-time passwords to the phones of customers. */
  readonly messages: MessageSender
  /** Sends mails to staff. */
  readonly mailer: Mailer
  /** Secrets and revocations of every POS, reloaded every few seconds. */
  readonly posKeys: Recent<ReadonlyMap<string, PosKeys>>
  readonly apiKeys: ApiKeyVerifier
  /** Sessions of staff, by the token in their cookie. */
  readonly sessions: SessionVerifier
  /** Hashes passwords of staff, few at a time. */
  readonly passwords: Passwords
  /** Caches of programs and branches by configuration version of the business. */
  readonly programs: ProgramCache
  readonly branches: BranchCache
  /** Cache: POS and reference → business. */
  readonly connections: Connections
  /** Requests of POS systems that were refused, for those who connect them. */
  readonly refusals: RefusalLog
  /** The integrations with POS systems. */
  readonly integrations: Integrations
  /** Clients of the POS systems that LoyaPro can call. */
  readonly posClients: PosClients
  /** Signs the `state` parameter of consents. */
  readonly consentKey: Buffer
  /** Processes webhook deliveries. */
  readonly ingest: Ingest
}

/** What the context is created from. */
export interface ContextParts {
  config: Config
  db: Database
  /** Default: `db`. */
  apiDb?: Database
  healthDb?: Database
  /** Overrides of the defaults. */
  limits?: Partial<LimitOptions>
  log: Logger
  clock?: Clock
  ids?: Ids
  /** Default: standard output, where the operator reads the messages. */
  messages?: MessageSender
  /** Default: the mail server of the configuration, else standard output. */
  mailer?: Mailer
  /** Default: ingest on this thread. */
  ingest?: (onBatch: (batch: { size: number }) => void) => Ingest
  /** Default: the shipped ones. */
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
  mailer = config.smtp ? smtpMailer(config.smtp) : terminalMailer(process.stdout),
  ingest,
  integrations = shippedIntegrations,
}: ContextParts): AppContext {
  const metrics = createMetrics()
  const seal = createSeal(config.secretKey)
  const programs = createProgramCache()
  const branches: BranchCache = new Map()
  const onBatch = ({ size }: { size: number }) => metrics.ingestBatchSize.observe(size)
  const ingestHere = () => {
    const dictionaries = createDictionaryCache()
    const deps = { db, clock, ids, log, programs, branches, dictionaries, onBatch }
    return createIngest(deps, { maxInFlight: config.lanes })
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
    mailer,
    posKeys: recent(() => loadPosKeys(db, seal, integrations)),
    apiKeys: createApiKeyVerifier(apiDb, clock),
    sessions: createSessionVerifier(apiDb, clock),
    passwords: createPasswords(),
    programs,
    branches,
    connections: createConnections(db, clock),
    refusals: createRefusalLog(db, clock, (error) => log.warn({ err: error }, 'a refused request was not noted')),
    integrations,
    posClients: createPosClients(integrations, config, (call) => metrics.posCalls.inc({ ...call })),
    consentKey: stateKey(config.secretKey),
    ingest: ingest ? ingest(onBatch) : ingestHere(),
  }
}

/**
 * Two connections of the pool stay free for jobs and for lookups before a request is queued.
 * Redemptions of one business run one after another in the database, so more than two concurrent
 * ones would gain nothing.
 */
const TILL_QUEUE: FairQueueOptions = {
  maxRunning: POOL_SIZES.db - 2,
  maxRunningOfOne: 2,
  maxListsOfOne: 2,
  maxWaiting: 1_000,
  maxWaitingOfOne: 250,
  maxWaitMs: 3_000,
}
