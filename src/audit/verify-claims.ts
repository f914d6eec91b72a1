// Verifies claims: held and spent units and counters are derivable from the transfers and the
// claims.
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Difference } from '../ledger/verify.ts'

/** Every difference in the claims of a business. */
export function verifyClaims(q: Queryable, businessId: Uuid): Promise<Difference[]> {
  return q.query(FIND_DIFFERENCES, [businessId])
}

const FIND_DIFFERENCES: Statement = {
  name: 'verify_claims',
  text: `
with claim as (select * from claims where business_id = $1),
held as (
  select customer_id, program_id, sum(units) as units from claim where status = 'held' group by customer_id, program_id
),
moved as (
  select c.id,
    sum(case when t.credit = 'held' then t.units when t.debit = 'held' then -t.units else 0 end) as held,
    sum(case when t.credit = 'redeemed' then t.units when t.debit = 'redeemed' then -t.units else 0 end) as spent
  from claim c
  -- Units that were held or spent before the customer was merged moved under the former id.
  cross join lateral (
    select c.customer_id as id union all select id from merged_customers where business_id = $1 and into_id = c.customer_id
  ) as whose
  left join transfers t on t.business_id = $1 and t.customer_id = whose.id and t.source_id = c.id
  group by c.id
),
difference as (
  select 'account.held' as what, customer_id || '/' || program_id as id, a.held as stored, coalesce(held.units, 0) as derived
  from (select * from accounts where business_id = $1 and held <> 0) a full join held using (customer_id, program_id)
  union all
  select 'claim.held', c.id::text, case when c.status = 'held' then c.units else 0 end, moved.held
  from claim c join moved on moved.id = c.id
  union all
  select 'claim.spent', c.id::text, coalesce(c.redeemed_units, 0) - c.restored_units, moved.spent
  from claim c join moved on moved.id = c.id
  union all
  select 'claim.lots', c.id::text, case c.status when 'held' then c.units else coalesce(c.redeemed_units, 0) - c.restored_units end,
    greatest(part.units, case c.status when 'redeemed' then coalesce(c.redeemed_units, 0) - c.restored_units else 0 end)
  from claim c cross join lateral (select coalesce(sum(units), 0) as units from unnest(c.lot_units) as u (units)) as part
  union all
  -- A claim has a time of use exactly if it has a time of redemption.
  select 'claim.used', c.id::text, (c.used_at is not null)::int, (c.redeemed_at is not null)::int from claim c
  union all
  -- A redemption that staff returned stays returned until its order shows the discount. The ledger has a manual transfer for it.
  select 'claim.returned', c.id::text, (c.returned_at is not null)::int, (by_hand.times > 0)::int
  from claim c cross join lateral (
    select count(*) as times from transfers t
    where t.business_id = $1 and t.customer_id = c.customer_id and t.source_id = c.id and t.kind = 'restore' and t.why ->> 's' = 'by_hand'
  ) as by_hand
  where c.returned_at is not null and c.redeemed_units > 0 or by_hand.times > 0
  union all
  select 'reward.taken', r.id::text, r.taken, count(c.id)
  from rewards r left join claim c on c.reward_id = r.id and c.status in ('held', 'redeemed')
  where r.business_id = $1
  group by r.id, r.taken
  union all
  select 'card.used', s.id::text, (s.status = 'used')::int, count(c.id)
  from awards s left join claim c on c.card_id = s.id and c.status = 'redeemed'
  where s.business_id = $1
  group by s.id, s.status
)
select what, id, coalesce(stored, 0)::bigint as stored, coalesce(derived, 0)::bigint as derived
from difference where coalesce(stored, 0) <> coalesce(derived, 0)
order by what, id`,
}
