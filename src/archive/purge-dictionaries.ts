// Purges the dictionaries of past months that no delivery refers to any more.

import { lockAndRead } from '../db/business-lock.ts'
import type { Database, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** For `eachBusiness`: whether business `b` has a dictionary from before $1 with content. */
export const HAS_OLD_DICTIONARIES = `exists (select from archive_dictionaries a where a.business_id = b.id
  and a.bytes <> '' and a.created_at < $1::timestamptz)`

/**
 * Purges the dictionaries of a business that were created before `before`, the start of a past
 * month, and that no delivery uses; returns their number. It reads the deliveries in pages without
 * a lock: an unused dictionary stays unused, because a dictionary compresses only in the month of
 * its creation (dictionaries.ts).
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
  return unused.size === 0 ? 0 : db.transaction((tx) => purge(tx, businessId, [...unused]))
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
  /** The greatest id of these deliveries. */
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
 * Under the business lock no batch uses one of them or assigns the next number. The newest
 * dictionary of an adapter stays as a row without content, so that its number is not assigned again
 * while a process has it in its cache.
 */
async function purge(tx: Transaction, businessId: Uuid, numbers: readonly number[]): Promise<number> {
  const { found } = await lockAndRead(tx, [businessId], () => tx.query(PURGE, [businessId, numbers]))
  return found.length
}

const PURGE: Statement = {
  name: 'purge_dictionaries',
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
