// Runs work on many items so that a failing item does not stop the others.
import { DatabaseUnavailable } from '../db/errors.ts'
import { both, NOTHING, type Tally } from './deps.ts'

/**
 * Runs the work on all items together; when that fails, on each half, down to single items.
 * `report` is called with each item that fails. DatabaseUnavailable is rethrown.
 */
export async function isolate<Item>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<unknown>,
  report: (error: unknown, item: Item) => void,
): Promise<Tally> {
  const [first] = items
  if (first === undefined) return NOTHING
  try {
    await work(items)
    return { done: items.length, failed: 0 }
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error
    if (items.length === 1) {
      report(error, first)
      return { done: 0, failed: 1 }
    }
    const middle = Math.ceil(items.length / 2)
    return both(await isolate(items.slice(0, middle), work, report), await isolate(items.slice(middle), work, report))
  }
}
