// Does all that is due of one business, a bounded batch a transaction.
import type { EpochMs } from '../kernel/clock.ts'
import { both, type JobDeps, NOTHING, type Tally } from './deps.ts'
import { isolate } from './isolate.ts'

/**
 * In one transaction at most: the order book is locked no longer than a batch of orders locks it.
 */
const BATCH = 200

/** Asked for at once: an index that has much behind it already is walked once for many batches. */
export const LIST = 5_000

export interface Work<Item> {
  /** Up to `LIST` of what is due at an instant; what was done at that instant is not. */
  due(now: EpochMs): Promise<Item[]>
  /** One transaction; doing it twice is doing it once. */
  batch(items: readonly Item[], now: EpochMs): Promise<unknown>
}

/**
 * Ends when nothing is due, when nothing of what is due can be done, or between two batches when
 * the signal says so.
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
