// What the sums must be, derived from what was counted of each order, claim and customer: building
// writes it, verifying compares with it.
import {
  COHORT_MONTHS,
  CUSTOMER_MONTHS,
  DAILY_BRANCH_UNITS,
  DAILY_CLAIMS,
  DAILY_CUSTOMERS,
  DAILY_ORDERS,
  type SumTable,
} from './sums.ts'

export interface Derived {
  readonly table: SumTable
  /** Gives the key and the sums; $1 is the business. */
  readonly select: string
}

/** In an order in which each needs only those before it. */
export const DERIVED: readonly Derived[] = [
  {
    table: DAILY_ORDERS,
    select: `
select day, branch_id, sum(orders)::bigint as orders, sum(amount)::bigint as amount,
  coalesce(sum(orders) filter (where customer_id is not null), 0)::bigint as customer_orders,
  coalesce(sum(amount) filter (where customer_id is not null), 0)::bigint as customer_amount,
  sum(returns)::bigint as returns, sum(returned)::bigint as returned,
  coalesce(sum(returned) filter (where customer_id is not null), 0)::bigint as customer_returned
from counted_orders where business_id = $1 group by 1, 2`,
  },
  {
    table: DAILY_BRANCH_UNITS,
    select: `
select day, branch_id, e.key::uuid as program_id, sum(e.value::bigint)::bigint as earned
from counted_orders cross join lateral jsonb_each_text(earned) as e (key, value)
where business_id = $1 group by 1, 2, 3`,
  },
  {
    table: CUSTOMER_MONTHS,
    select: `
select customer_id, date_trunc('month', day)::date as month, sum(orders)::bigint as orders, sum(amount)::bigint as amount
from counted_orders where business_id = $1 and customer_id is not null and orders > 0 group by 1, 2`,
  },
  {
    table: DAILY_CUSTOMERS,
    select: `
select day, coalesce(j.joined, 0)::bigint as joined, coalesce(a.active, 0)::bigint as active
from (select joined_on as day, count(*) as joined from customer_visits where business_id = $1 group by 1) j
full join (
  select day, count(distinct customer_id) as active from counted_orders
  where business_id = $1 and customer_id is not null and orders > 0 group by 1) a using (day)`,
  },
  {
    table: COHORT_MONTHS,
    select: `
select date_trunc('month', v.joined_on)::date as joined, m.month, count(*) as customers, sum(m.orders)::bigint as orders,
  sum(m.amount)::bigint as amount
from customer_months m join customer_visits v on v.business_id = m.business_id and v.customer_id = m.customer_id
where m.business_id = $1 group by 1, 2`,
  },
  {
    table: DAILY_CLAIMS,
    select: `
select day, program_id, kind, reward_id, branch_id, sum(claimed)::bigint as claimed, sum(redeemed)::bigint as redeemed,
  sum(restored)::bigint as restored, sum(unused)::bigint as unused, sum(units)::bigint as units, sum(discount)::bigint as discount
from (
  select claimed_on as day, program_id, kind, reward_id, '00000000-0000-0000-0000-000000000000'::uuid as branch_id,
    1 as claimed, 0 as redeemed, 0 as restored, 0 as unused, 0 as units, 0 as discount
  from counted_claims where business_id = $1
  union all
  select ended_on, program_id, kind, reward_id, branch_id, 0, (outcome = 'redeemed')::int, (outcome = 'restored')::int,
    (outcome = 'unused')::int, units, discount
  from counted_claims where business_id = $1 and outcome <> 'held'
) as part group by 1, 2, 3, 4, 5`,
  },
]
