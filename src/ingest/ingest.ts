// Takes deliveries in: gathers them into batches, processes each batch in one transaction, and
// answers after the commit.
import type { Logger } from 'pino'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { DictionaryCache } from '../archive/dictionaries.ts'
import type { BranchCache } from '../businesses/known-branches.ts'
import type { Database } from '../db/database.ts'
import { DatabaseUnavailable, isLockTimeout, isLostRace } from '../db/errors.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Delivery } from '../orders/delivery.ts'
import type { ProgramCache } from '../programs/store.ts'
import { processBatch } from './batch.ts'
import { KeyedBatcher } from './keyed-batcher.ts'
import { quarantine } from './quarantine.ts'

/**
 * What became of a delivery. After `overloaded` and `unavailable` nothing was applied, and sending
 * it again is safe.
 */
export type SubmitOutcome = Applied | 'overloaded' | 'unavailable'

/** The answer as it goes out: an OrderAnswer in JSON, and the result that it tells of. */
export interface Applied {
  result: OrderAnswer['result']
  json: string
}

export interface Ingest {
  /**
   * Resolves after the commit. It never rejects: a delivery that cannot be processed is kept as
   * `failed`.
   */
  submit(delivery: Delivery): Promise<SubmitOutcome>
  /**
   * Deliveries that wait: beyond the batches in flight, or, where ingest is on another thread, with
   * those.
   */
  depth(): number
  /** Whether no more may wait: then a delivery need not even be read to be told to come again. */
  isFull(): boolean
  /** Takes nothing more, and resolves when all that was taken is answered. */
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
  /** Told of every batch, for the metrics. */
  onBatch?: (batch: { size: number }) => void
}

export interface IngestOptions {
  /** Batches in flight at most; a business is never in two. */
  lanes: number
  /** Deliveries in one transaction at most: enough to share a commit, few enough to answer soon. */
  maxBatch?: number
  /**
   * Deliveries that may wait, in all and of one business; beyond them the sender is told to come
   * again.
   */
  maxWaiting?: number
  maxWaitingOfOne?: number
  /**
   * Milliseconds that the first of a business may have waited before more of it are taken; a POS
   * waits for five seconds in all.
   */
  maxWaitMs?: number
  /**
   * Milliseconds after which a delivery whose turn comes is told to come again: what it would be
   * answered comes too late.
   */
  giveUpMs?: number
}

const USUAL = { maxBatch: 100, maxWaiting: 3_000, maxWaitingOfOne: 2_000, maxWaitMs: 1_500, giveUpMs: 3_000 }

export function createIngest(deps: IngestDeps, options: IngestOptions): Ingest {
  const lanes = new KeyedBatcher<Delivery, SubmitOutcome>({
    work: (batch) => processSafely(deps, batch),
    keyOf: ({ businessId }) => businessId,
    ...USUAL,
    ...options,
  })
  let closing = false
  return {
    async submit(delivery) {
      if (closing) return 'unavailable'
      return (await lanes.submit(delivery)) ?? 'overloaded'
    },
    depth: () => lanes.depth,
    isFull: () => lanes.isFull,
    async close() {
      closing = true
      await lanes.drained()
    },
  }
}

/**
 * A batch that fails is halved until the culprit stands alone: its neighbours succeed, and it is
 * kept as failed with the reason.
 */
async function processSafely(deps: IngestDeps, batch: Delivery[]): Promise<SubmitOutcome[]> {
  try {
    const now = deps.clock.now()
    const { answers, committed } = await deps.db.transaction((tx) => processBatch({ ...deps, now }, tx, batch))
    committed()
    deps.onBatch?.({ size: batch.length })
    return answers.map(inJson)
  } catch (error) {
    if (saysNothingOfWork(error)) {
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

/**
 * Another process that stands still with the order book in its hands, or is quicker, is no reason
 * to keep a sound delivery for repair.
 */
function saysNothingOfWork(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || isLockTimeout(error) || isLostRace(error)
}

async function isolate(deps: IngestDeps, delivery: Delivery, error: unknown): Promise<SubmitOutcome> {
  deps.log.error(
    { err: error, delivery: delivery.id, business: delivery.businessId },
    'a delivery could not be processed',
  )
  try {
    const answer = await quarantine(deps.db, delivery, error)
    deps.onBatch?.({ size: 1 })
    return inJson(answer)
  } catch (second) {
    if (!(second instanceof DatabaseUnavailable))
      deps.log.error({ err: second }, 'a failed delivery could not be stored')
    return 'unavailable'
  }
}
