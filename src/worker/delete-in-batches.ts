// Deletes rows past their retention, one bounded batch per statement.
import type { JobDeps, Tally } from './deps.ts'

const BATCH = 1_000

/**
 * The last parameter of `statement` limits the rows that it deletes; it returns a row for each.
 * Counts rows.
 */
export async function deleteInBatches(
  { db, signal }: Pick<JobDeps, 'db' | 'signal'>,
  statement: string,
  values: readonly unknown[],
): Promise<Tally> {
  let done = 0
  for (;;) {
    const deleted = await db.query(statement, [...values, BATCH])
    done += deleted.length
    if (deleted.length < BATCH || signal?.aborted) return { done, failed: 0 }
  }
}
