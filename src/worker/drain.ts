// Processes all items of a business that are due, one bounded batch per transaction.
import type { EpochMs } from '../kernel/clock.ts'
import { both, type JobDeps, NOTHING, type Tally } from './deps.ts'
import { isolate } from './isolate.ts'

/** Maximum per transaction: it holds the business lock no longer than a batch of orders does. */
const BATCH = 200

/** Items per query: an index with many dead entries is scanned once for many batches. */
export const LIST = 5_000

export interface Work<Item> {
  /** Up to `LIST` items that are due at this time; an item that was processed at it is not due. */
  due(now: EpochMs): Promise<Item[]>
  /** Runs one transaction, which is idempotent. */
  batch(items: readonly Item[], now: EpochMs): Promise<unknown>
}

/**
 * Ends when no item is due, when every item that is due has failed, or between two batches when the
 * signal is aborted.
 */
export async function drain<Item extends object>(
  { clock, log, signal }: JobDeps,
  { due, batch }: Work<Item>,
): Promise<Tally> {
  const failed = new Set<string>()
  let tally = NOTHING
  for (;;) {
    const now = clock.now()
    const list = (await due(now)).filter((item) => !failed.has(JSON.stringify(item)))
    if (list.length === 0) return tally
    for (let from = 0; from < list.length; from += BATCH) {
      if (signal?.aborted) return tally
      const done = await isolate(
        list.slice(from, from + BATCH),
        (items) => batch(items, now),
        (error, item) => {
          failed.add(JSON.stringify(item))
          log.error({ err: error, item }, 'a job failed for one item')
        },
      )
      tally = both(tally, done)
    }
  }
}
