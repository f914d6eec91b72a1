// Runs work for each business that has work, with one query per business.
import type { Queryable } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { both, type JobDeps, NOTHING, type Tally } from './deps.ts'
import { isolate } from './isolate.ts'

/**
 * Runs the work for each business `b` that meets the condition, whose parameters begin at $1. A
 * business whose work throws is logged and skipped, so that it does not block the others.
 */
export async function eachBusiness(
  { db, log, signal }: Pick<JobDeps, 'db' | 'log' | 'signal'>,
  condition: string,
  values: readonly unknown[],
  work: (businessId: Uuid) => Promise<Tally>,
): Promise<Tally> {
  let tally = NOTHING
  for await (const business of businessesWith(db, condition, values)) {
    if (signal?.aborted) break
    const { failed } = await isolate(
      [business],
      async () => {
        tally = both(tally, await work(business))
      },
      (error) => log.error({ err: error, business }, 'a job failed for one business'),
    )
    tally = both(tally, { done: 0, failed })
  }
  return tally
}

const PAGE = 500

async function* businessesWith(q: Queryable, condition: string, values: readonly unknown[]): AsyncGenerator<Uuid> {
  let after: Uuid | null = null
  for (;;) {
    const page: { id: Uuid }[] = await q.query<{ id: Uuid }>(
      `select b.id from businesses b
       where ($${values.length + 1}::uuid is null or b.id > $${values.length + 1}) and (${condition})
       order by b.id limit ${PAGE}`,
      [...values, after],
    )
    for (const { id } of page) yield id
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return
  }
}
