// Dictionaries end with what they packed: those of months past, once no delivery names them any
// more.

import { lockAndRead } from '../db/business-lock.ts'
import type { Database, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/**
 * For `eachBusiness`: whether business `b` has a dictionary from before the instant $1 that says
 * something yet.
 */
export const HAS_OLD_DICTIONARIES = `exists (select from archive_dictionaries a where a.business_id = b.id
  and a.bytes <> '' and a.created_at < $1::timestamptz)`

/**
 * Forgets the dictionaries of a business that were made before `before`, the beginning of a month
 * that ended long ago, and that nothing was packed with that is left. Gives how many. The
 * deliveries are looked through in pages and nobody waits meanwhile: what is found to be unused
 * stays so, as a dictionary is packed with only in the month in which it was made
 * (dictionaries.ts).
 */
export async function purgeDictionaries(
  db: Database,
  { businessId, before, signal }: { businessId: Uuid; before: EpochMs; signal?: AbortSignal | undefined },
): Promise<number> {
  const old = await db.query<{ number: number }>(OLD, [businessId, instant(before)])
  const unused = new Set(old.map((row) => row.number))
  for (let after: Uuid | null = null; unused.size > 0; ) {
    if (signal?.aborted) return 0
    const page: Named[] = await db.query<Named>(NAMED, [businessId, after, AT_ONCE])
    for (const { dictionary } of page) unused.delete(dictionary)
    if (page.reduce((sum, row) => sum + row.deliveries, 0) < AT_ONCE) break
    after =
      page
        .map((row) => row.last)
        .sort()
        .at(-1) ?? null
  }
  return unused.size === 0 ? 0 : db.transaction((tx) => forget(tx, businessId, [...unused]))
}

const AT_ONCE = 10_000

const OLD: Statement = {
  name: 'old_dictionaries',
  text: `
select number from archive_dictionaries
where business_id = $1 and bytes <> '' and created_at < $2::timestamptz`,
}

interface Named {
  dictionary: number
  deliveries: number
  /** The greatest id among them. */
  last: Uuid
}

const NAMED: Statement = {
  name: 'named_dictionaries',
  text: `
select d.dictionary, count(*) as deliveries, (array_agg(d.id order by d.id desc))[1] as last
from (
  select id, dictionary from deliveries
  where business_id = $1 and ($2::uuid is null or id > $2)
  order by id limit $3) d
group by d.dictionary`,
}

/**
 * Under the business lock no batch packs with one of them, and none is about to number the next.
 * The newest of an adapter stays as a row without content, so that its number is never given again
 * while a process remembers what it said.
 */
async function forget(tx: Transaction, businessId: Uuid, numbers: readonly number[]): Promise<number> {
  const { found } = await lockAndRead(tx, [businessId], () => tx.query(FORGET, [businessId, numbers]))
  return found.length
}

const FORGET: Statement = {
  name: 'forget_dictionaries',
  text: `
with newest as (
  select distinct on (adapter) number from archive_dictionaries where business_id = $1 order by adapter, number desc
), emptied as (
  update archive_dictionaries set bytes = ''
  where business_id = $1 and number = any ($2::smallint[]) and bytes <> '' and number in (select number from newest)
  returning number
), deleted as (
  delete from archive_dictionaries
  where business_id = $1 and (number = any ($2::smallint[]) or bytes = '') and number not in (select number from newest)
  returning number, bytes
)
select number from emptied union all select number from deleted where bytes <> ''`,
}
