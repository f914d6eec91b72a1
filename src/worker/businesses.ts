// Walks over the businesses for which there is something to do, without a query that spans them all.
import type { Queryable } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

const PAGE = 500

/** Businesses `b` for which the condition holds, oldest first; its parameters begin at $1. */
export async function* businessesWith(
  q: Queryable,
  condition: string,
  values: readonly unknown[],
): AsyncGenerator<Uuid> {
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
