// All rows of a business as one value, to test that nothing changed.
import { createHash } from 'node:crypto'
import type { TestApp } from './app.ts'

/** A hash of every row that a business has, table by table: equal when nothing changed. */
export async function stateOf({ ctx }: TestApp, businessId: string): Promise<Record<string, string>> {
  const tables = await ctx.db.query<{ name: string; owner: string }>(
    `select c.table_name as name, c.column_name as owner
     from information_schema.columns c join pg_class t on t.relname = c.table_name
     where c.table_schema = 'public' and t.relkind in ('r', 'p') and not t.relispartition
       and (c.column_name = 'business_id' or (c.table_name = 'businesses' and c.column_name = 'id'))
     order by c.table_name`,
  )
  const state: Record<string, string> = {}
  for (const { name, owner } of tables) {
    const rows = await ctx.db.query<{ row: string }>(`select t::text as row from ${name} t where ${owner} = $1`, [
      businessId,
    ])
    const text = rows
      .map(({ row }) => row)
      .sort()
      .join('\n')
    state[name] = `${rows.length} ${createHash('sha256').update(text).digest('hex')}`
  }
  return state
}
