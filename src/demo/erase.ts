// Deletes every row of a business, table by table, as the catalog of the database lists them. This
// is the only place that deletes from tables of other modules: a table that is added later is
// covered without a change here, and test/scenarios/demo.test.ts finds one that is not.
import { deleteBusiness } from '../businesses/close-business.ts'
import type { Database } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { deleteDemo } from './state.ts'

/**
 * Processes remember the connections and keys of a business for some seconds, and orders may be in
 * progress: what they write is deleted by the last run, which comes later.
 */
export const LAST_RUN_AFTER_MS = 60_000

/**
 * Deletes the rows of the business in batches, each a transaction of its own; it can be repeated and
 * continued. With `last`, also the business. False when it was interrupted.
 */
export async function eraseBusiness(
  db: Database,
  businessId: Uuid,
  { last, signal }: { last: boolean; signal?: AbortSignal },
): Promise<boolean> {
  const tables = await listTables(db)
  for (const { name, keys } of tables) {
    if (name === 'demo_businesses' || (HEADS.has(name) && !last)) continue
    const columns = keys.join(', ')
    const statement = `delete from ${name} where (${columns}) in (select ${columns} from ${name} where business_id = $1 limit ${BATCH})
      returning business_id`
    if (name === 'pos_systems' && last) await erasePosParts(db, businessId)
    for (;;) {
      if (signal?.aborted) return false
      if ((await db.query(statement, [businessId])).length < BATCH) break
    }
  }
  if (last) {
    await db.transaction(async (tx) => {
      await deleteDemo(tx, businessId)
      await deleteBusiness(tx, businessId)
    })
  }
  return true
}

const BATCH = 5_000

/** What keeps the business in order until the last run. */
const HEADS: ReadonlySet<string> = new Set(['business_locks', 'api_keys', 'pos_systems', 'memberships'])

interface Table {
  name: string
  /** The columns of its primary key. */
  keys: string[]
}

/** Tables with rows of businesses; one that refers to another comes before it. */
async function listTables(db: Database): Promise<Table[]> {
  const [tables, references] = await Promise.all([
    db.query<Table>(TABLES),
    db.query<{ from: string; to: string }>(REFERENCES),
  ])
  const sorted: Table[] = []
  let left = tables
  while (left.length > 0) {
    const free = left.filter(({ name }) => !references.some(({ from, to }) => to === name && isLeft(left, from, name)))
    sorted.push(...free)
    left = left.filter((table) => !free.includes(table))
  }
  return sorted
}

/** A table that refers to itself does not wait for itself. */
function isLeft(left: readonly Table[], from: string, to: string): boolean {
  return from !== to && left.some(({ name }) => name === from)
}

const TABLES = `
select t.relname::text as name, array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum)) as keys
from pg_class t
join pg_attribute b on b.attrelid = t.oid and b.attname = 'business_id' and not b.attisdropped
join pg_index i on i.indrelid = t.oid and i.indisprimary
join pg_attribute k on k.attrelid = t.oid and k.attnum = any (i.indkey)
where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
group by t.relname order by t.relname`

const REFERENCES = `
select conrelid::regclass::text as "from", confrelid::regclass::text as "to"
from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`

/** What belongs to the POS systems that the business registered, and names no business. */
async function erasePosParts(db: Database, businessId: Uuid): Promise<void> {
  const parts = await db.query<{ name: string }>(`
    select conrelid::regclass::text as name from pg_constraint c
    where contype = 'f' and confrelid = 'pos_systems'::regclass and not exists (
      select from pg_attribute where attrelid = c.conrelid and attname = 'business_id' and not attisdropped)`)
  for (const { name } of parts) {
    await db.query(`delete from ${name} where pos_name in (select name from pos_systems where business_id = $1)`, [
      businessId,
    ])
  }
}
