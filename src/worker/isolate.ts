// Keeps what cannot be done from standing in the way of the rest.
import { DatabaseUnavailable } from '../db/errors.ts'
import { both, NOTHING, type Tally } from './deps.ts'

/**
 * Does the work on all items at once; when that fails, on each half, down to the one that cannot be
 * done. `tell` hears of each of those. Without a database nothing can be done: DatabaseUnavailable
 * is thrown on.
 */
export async function isolate<Item>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<unknown>,
  tell: (error: unknown, item: Item) => void,
): Promise<Tally> {
  const [first] = items
  if (first === undefined) return NOTHING
  try {
    await work(items)
    return { done: items.length, failed: 0 }
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error
    if (items.length === 1) {
      tell(error, first)
      return { done: 0, failed: 1 }
    }
    const middle = Math.ceil(items.length / 2)
    return both(await isolate(items.slice(0, middle), work, tell), await isolate(items.slice(middle), work, tell))
  }
}
