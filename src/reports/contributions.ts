// What one order, one claim and one customer contribute to the sums: the definitions that counting,
// building and verifying share (SQL over the rows as they are now).

/** Stands for no branch and no reward, since a key has no nulls. */
export const NONE = '00000000-0000-0000-0000-000000000000'

/**
 * Of the orders `o` for which `where` holds. Parameters: $1 business, $2 currency, $3 programs.
 *
 * A sale counts while it is paid; one that was voided, refunded under its own id or joined into another
 * order counts nowhere. A return belongs to the customer of its sale. Orders in another currency are
 * left out, because their amounts cannot be added.
 */
export function orderContributions(where: string): string {
  return `
select o.id, o.business_date as day, coalesce(o.branch_id, '${NONE}') as branch_id,
  case when o.kind = 'return' then s.customer_id else o.customer_id end as customer_id,
  (o.kind = 'sale')::int::smallint as orders, case when o.kind = 'sale' then o.total else 0 end as amount,
  (o.kind = 'return')::int::smallint as returns, case when o.kind = 'return' then o.total else 0 end as returned,
  (select jsonb_object_agg(l.program_id, l.granted) from lots l
   where l.business_id = o.business_id and l.customer_id = o.customer_id and l.program_id = any ($3::uuid[])
     and l.id = o.id and l.granted > 0) as earned
from orders o
left join orders s on o.kind = 'return' and s.business_id = o.business_id and s.id = o.original_id and s.kind = 'sale'
where o.business_id = $1 and o.currency = $2
  and (o.kind = 'sale' and o.status = 'paid' or o.kind = 'return' and o.status = 'refunded') ${where}`
}

/**
 * Of the claims `c` for which `where` holds. Parameters: $1 business, $2 zone, $3 to $5 the POS
 * names, branches in the POS and branch ids that these claims name.
 *
 * A claim counts on the day on which it was made, and once more where it ended: redeemed, restored
 * after it was redeemed, or left unused. A stamp card is worth as many units as its goal.
 */
export function claimContributions(where: string): string {
  return `
select c.id, c.program_id, c.kind, coalesce(c.reward_id, '${NONE}') as reward_id,
  (c.created_at at time zone $2)::date as claimed_on,
  case when c.status in ('held', 'redeemed', 'restored') then c.status else 'unused' end as outcome,
  case c.status when 'held' then null when 'redeemed' then c.business_date
    else (coalesce(c.ended_at, c.expires_at) at time zone $2)::date end as ended_on,
  coalesce(case when c.status = 'redeemed' then b.id end, '${NONE}') as branch_id,
  case when c.status <> 'redeemed' then 0 when c.kind = 'card' then coalesce(a.goal, 0)
    else c.redeemed_units - c.restored_units end::bigint as units,
  case when c.status = 'redeemed' then c.discount else 0 end as discount
from claims c
left join awards a on c.kind = 'card' and a.business_id = c.business_id and a.id = c.card_id
left join unnest($3::text[], $4::text[], $5::uuid[]) as b (pos_name, pos_branch_id, id)
  on b.pos_name = c.pos_name and b.pos_branch_id = c.pos_branch_id
where c.business_id = $1 ${where}`
}

/** The columns of the contributions, in the order of the tables. */
export const ORDER_COLUMNS = 'id, day, branch_id, customer_id, orders, amount, returns, returned, earned'
export const CLAIM_COLUMNS =
  'id, program_id, kind, reward_id, claimed_on, outcome, ended_on, branch_id, units, discount'

/**
 * Of the customers for whom `where` holds (`known.id`). Parameters: $1 business, $2 zone. They
 * joined when they were enrolled or first bought, whichever was earlier: past orders may be
 * imported later.
 */
export function customerContributions(where: string): string {
  return `
select known.id as customer_id, least((c.created_at at time zone $2)::date, v.first_on) as joined_on, v.first_on, v.last_on,
  coalesce(v.orders, 0)::bigint as orders, coalesce(v.amount, 0)::bigint as amount
from (
  select id from customers c where business_id = $1 ${where.replaceAll('known.id', 'c.id')}
  union select customer_id from counted_orders o where business_id = $1 and customer_id is not null and orders > 0
    ${where.replaceAll('known.id', 'o.customer_id')}
) as known
left join customers c on c.business_id = $1 and c.id = known.id
left join (
  select customer_id, min(day) as first_on, max(day) as last_on, sum(orders) as orders, sum(amount) as amount
  from counted_orders o
  where business_id = $1 and customer_id is not null and orders > 0 ${where.replaceAll('known.id', 'o.customer_id')}
  group by customer_id
) v on v.customer_id = known.id`
}

export const CUSTOMER_COLUMNS = 'customer_id, joined_on, first_on, last_on, orders, amount'

/** Whether a transfer counts in daily_units. The two transfers of a merge cancel each other out. */
const COUNTS = `kind <> 'merge' and (debit in ('issued', 'redeemed', 'expired', 'adjusted', 'written_off')
  or credit in ('issued', 'redeemed', 'expired', 'adjusted', 'written_off'))`

/** Sums over rows with kind, debit, credit and units, in the order of the columns. */
const UNIT_SUMS = [
  `debit = 'issued'`,
  `credit = 'issued'`,
  `credit = 'redeemed'`,
  `debit = 'redeemed'`,
  `credit = 'expired'`,
  `debit = 'expired'`,
  `debit = 'adjusted'`,
  `credit = 'adjusted'`,
].map((condition) => `coalesce(sum(units) filter (where ${condition}), 0)::bigint`)
const WRITTEN_OFF = `coalesce(sum(case when debit = 'written_off' then units when credit = 'written_off' then -units end), 0)::bigint`

/** Day, program and sums of daily_units, of rows of `source`; $2 is the zone. */
export function unitSums(source: string): string {
  return `
select (occurred_at at time zone $2)::date as day, program_id, ${[...UNIT_SUMS, WRITTEN_OFF].join(', ')}
from ${source} and ${COUNTS}
group by 1, 2`
}
