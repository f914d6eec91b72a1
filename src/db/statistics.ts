// Keeps the planner's picture of tables that fill up quickly: they are analysed as they double, and
// not a minute later.
import type { Queryable } from './database.ts'

export interface Statistics {
  /** Tells of rows that came in. Resolves when what that called for is done; it never rejects. */
  grown(by: number): Promise<void>
}

export interface StatisticsOptions {
  tables: readonly string[]
  /** Told when the tables could not be analysed; PostgreSQL will do it in its own time. */
  onError: (error: unknown) => void
}

/**
 * Rows after which the tables are analysed for the first time, and after which PostgreSQL is left
 * to do it.
 */
const FIRST = 500
const LAST = 32_000

/**
 * Three thousand rows of a table, not thirty: how full it is shows in them as well, and nobody
 * waits half a second for a core meanwhile. Statements that are sent as one text are one
 * transaction: it holds for them alone.
 */
const SMALL_SAMPLE = 'set local default_statistics_target = 10'

/**
 * A plan is made for the tables as they were when they were last looked at. While they were empty
 * all indexes looked alike, and a wrong one is worse with each order; PostgreSQL looks again after
 * a minute, in which a busy shop may have sent ten thousand.
 */
export function createStatistics(q: Queryable, { tables, onError }: StatisticsOptions): Statistics {
  let rows = 0
  let due = FIRST
  return {
    async grown(by) {
      rows += by
      if (rows < due || due > LAST) return
      while (due <= rows) due *= 2
      await q.query(`${SMALL_SAMPLE}; analyze ${tables.join(', ')}`).catch(onError)
    },
  }
}
