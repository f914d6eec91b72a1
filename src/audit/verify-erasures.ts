// Verifies erasures: the balances of an erased customer ended, and their ledger has not changed since.
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Difference } from '../ledger/verify.ts'
import type { OrderRow } from '../orders/store.ts'
import { difference, type Posted } from './verify-posted.ts'

/** The units posted for the order of an erased customer equal those at the time of the erasure. */
export function* verifyErasedSale(
  { id, customerId: erased, facts }: OrderRow,
  posted: readonly Posted[],
): Generator<Difference> {
  const expected = new Map(Object.entries(facts?.erased ?? {}))
  for (const { customerId, programId, units } of posted) {
    const derived = customerId === erased ? (expected.get(programId) ?? 0) : 0
    if (customerId === erased) expected.delete(programId)
    if (units !== derived) yield difference(id, customerId, programId, units, derived)
  }
  for (const [programId, derived] of expected) yield difference(id, erased ?? id, programId, 0, derived)
}

/** Every difference in the erasures of a business. */
export function verifyErasures(q: Queryable, businessId: Uuid): Promise<Difference[]> {
  return q.query(FIND_DIFFERENCES, [businessId])
}

const FIND_DIFFERENCES: Statement = {
  name: 'verify_erasures',
  text: `
with erased as (select customer_id as id, erased_at from erasures where business_id = $1)
select 'erasure.customer' as what, e.id::text as id, 1::bigint as stored, 0::bigint as derived
from erased e join customers c on c.business_id = $1 and c.id = e.id
union all
select 'erasure.balance', e.id || '/' || a.program_id, a.available + a.pending + a.held, 0
from erased e join accounts a on a.business_id = $1 and a.customer_id = e.id
where a.available <> 0 or a.pending <> 0 or a.held <> 0
union all
select 'erasure.orders', e.id::text, count(*), 0
from erased e join orders o on o.business_id = $1 and o.customer_id = e.id
where (o.facts -> 'erased') is null
group by e.id
union all
select 'erasure.claims', e.id::text, count(*), 0
from erased e join claims c on c.business_id = $1 and c.customer_id = e.id
where c.closed_at is null or c.status = 'held'
group by e.id
union all
select 'erasure.notes', e.id::text, count(*), 0
from erased e join transfers t on t.business_id = $1 and t.customer_id = e.id
where t.why ->> 'note' is not null
group by e.id
union all
select 'erasure.numbers', e.id::text, count(*), 0
from erased e join former_phones f on f.business_id = $1 and f.customer_id = e.id
group by e.id
order by 1, 2`,
}
