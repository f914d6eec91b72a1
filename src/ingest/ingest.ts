// Accepts deliveries: collects them into batches, processes each batch in one transaction, and
// answers after the commit.
import type { Logger } from 'pino'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { DictionaryCache } from '../archive/dictionaries.ts'
import type { BranchCache } from '../businesses/known-branches.ts'
import type { Database } from '../db/database.ts'
import { DatabaseUnavailable, isBusy } from '../db/errors.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Delivery } from '../orders/delivery.ts'
import type { ProgramCache } from '../programs/store.ts'
import { processBatch } from './batch.ts'
import { KeyedBatcher } from './keyed-batcher.ts'
import { quarantine } from './quarantine.ts'

/**
 * The outcome of a delivery. After `overloaded` and `unavailable` nothing was applied, and it can
 * be sent again.
 */
export type SubmitOutcome = Applied | 'overloaded' | 'unavailable'

/** The answer as it is sent: an OrderAnswer in JSON, and its result. */
export interface Applied {
  result: OrderAnswer['result']
  json: string
}

export interface Ingest {
  /** Resolves after the commit. Never rejects: a delivery that cannot be processed is `failed`. */
  submit(delivery: Delivery): Promise<SubmitOutcome>
  /** Waiting deliveries. An ingest on another thread includes those in flight. */
  depth(): number
  /** Whether no more may wait, so that a delivery can be refused before it is read. */
  isFull(): boolean
  /** Stops accepting deliveries, and resolves when every accepted delivery is answered. */
  close(): Promise<void>
}

export interface IngestDeps {
  db: Database
  clock: Clock
  ids: Ids
  log: Logger
  programs: ProgramCache
  branches: BranchCache
  dictionaries: DictionaryCache
  /** Called after every batch, for the metrics. */
  onBatch?: (batch: { size: number }) => void
}

export interface IngestOptions {
  /** The maximum number of batches in flight; a business is never in two. */
  maxInFlight: number
  /** The maximum number of deliveries in one transaction. */
  maxBatch?: number
  /** The maximum number of waiting deliveries, in total and per business; more are `overloaded`. */
  maxWaiting?: number
  maxWaitingOfOne?: number
  /**
   * Milliseconds. While the first delivery of a business has waited longer, no more of that
   * business are accepted; a POS waits for five seconds in all.
   */
  maxWaitMs?: number
  /** Milliseconds. A delivery that has waited longer is `overloaded`: its sender has timed out. */
  giveUpMs?: number
}

const DEFAULTS = { maxBatch: 100, maxWaiting: 3_000, maxWaitingOfOne: 2_000, maxWaitMs: 1_500, giveUpMs: 3_000 }

export function createIngest(deps: IngestDeps, options: IngestOptions): Ingest {
  const batcher = new KeyedBatcher<Delivery, SubmitOutcome>({
    work: (batch) => processSafely(deps, batch),
    keyOf: ({ businessId }) => businessId,
    ...DEFAULTS,
    ...options,
  })
  let closing = false
  return {
    async submit(delivery) {
      if (closing) return 'unavailable'
      return (await batcher.submit(delivery)) ?? 'overloaded'
    },
    depth: () => batcher.depth,
    isFull: () => batcher.isFull,
    async close() {
      closing = true
      await batcher.drained()
    },
  }
}

/**
 * A batch that fails is halved until the delivery that fails is alone in one: the others succeed,
 * and it is quarantined with the reason.
 */
async function processSafely(deps: IngestDeps, batch: Delivery[]): Promise<SubmitOutcome[]> {
  try {
    const now = deps.clock.now()
    const { answers, committed } = await deps.db.transaction((tx) => processBatch({ ...deps, now }, tx, batch))
    committed()
    deps.onBatch?.({ size: batch.length })
    return answers.map(inJson)
  } catch (error) {
    if (isBusy(error)) {
      deps.log.warn(
        { err: error, deliveries: batch.length },
        'a batch was not applied; the senders were asked to retry',
      )
      return batch.map(() => 'unavailable' as const)
    }
    if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2)
      const first = await processSafely(deps, batch.slice(0, middle))
      return [...first, ...(await processSafely(deps, batch.slice(middle)))]
    }
    return [await isolate(deps, batch[0] as Delivery, error)]
  }
}

export function inJson(answer: OrderAnswer): Applied {
  return { result: answer.result, json: JSON.stringify(answer) }
}

async function isolate(deps: IngestDeps, delivery: Delivery, error: unknown): Promise<SubmitOutcome> {
  deps.log.error(
    { err: error, delivery: delivery.id, business: delivery.businessId },
    'a delivery could not be processed',
  )
  try {
    const answer = await quarantine(deps.db, delivery, error, deps.clock.now())
    deps.onBatch?.({ size: 1 })
    return inJson(answer)
  } catch (second) {
    if (!(second instanceof DatabaseUnavailable))
      deps.log.error({ err: second }, 'a failed delivery could not be stored')
    return 'unavailable'
  }
}
