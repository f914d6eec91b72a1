// Visits and amounts by day, and by branch.
import type { Queryable, Statement } from '../db/database.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface Visits {
  visits: number
  /** Visits of a known customer. */
  customerVisits: number
  /** Minor units, before returns. */
  amount: number
  customerAmount: number
  returns: number
  returned: number
}

export interface VisitDay extends Visits {
  day: IsoDate
  /** Customers who joined, and who visited, on that day; null for a single branch. */
  joined: number | null
  active: number | null
}

export interface Range {
  from: IsoDate
  /** Included. */
  to: IsoDate
}

/** Every day of the range, also those without orders. */
export function readVisits(
  q: Queryable,
  businessId: Uuid,
  { from, to }: Range,
  branchId: Uuid | null,
): Promise<VisitDay[]> {
  return q.query<VisitDay>(VISITS, [businessId, from, to, branchId])
}

const SUMS = `coalesce(sum(o.orders), 0)::bigint as visits, coalesce(sum(o.customer_orders), 0)::bigint as "customerVisits",
  coalesce(sum(o.amount), 0)::bigint as amount, coalesce(sum(o.customer_amount), 0)::bigint as "customerAmount",
  coalesce(sum(o.returns), 0)::bigint as returns, coalesce(sum(o.returned), 0)::bigint as returned`

const VISITS: Statement = {
  name: 'report_visits',
  text: `
select d.day, ${SUMS}, case when $4::uuid is null then coalesce(max(c.joined), 0) end as joined,
  case when $4::uuid is null then coalesce(max(c.active), 0) end as active
from (select generate_series($2::date, $3::date, interval '1 day')::date as day) d
left join daily_orders o on o.business_id = $1 and o.day = d.day and ($4::uuid is null or o.branch_id = $4)
left join daily_customers c on c.business_id = $1 and c.day = d.day
group by d.day order by d.day`,
}

export interface BranchVisits extends Visits {
  /** NONE of contributions.ts for orders without a branch. */
  branchId: Uuid
  /** Rewards redeemed there, and the discounts that they gave. */
  redeemed: number
  discount: number
}

/** Every branch with orders or redemptions in the range; the one with most visits first. */
export function readBranches(q: Queryable, businessId: Uuid, { from, to }: Range): Promise<BranchVisits[]> {
  return q.query<BranchVisits>(BRANCHES, [businessId, from, to])
}

const BRANCHES: Statement = {
  name: 'report_branches',
  text: `
select coalesce(v.branch_id, r.branch_id) as "branchId", coalesce(v.visits, 0) as visits,
  coalesce(v."customerVisits", 0) as "customerVisits", coalesce(v.amount, 0) as amount,
  coalesce(v."customerAmount", 0) as "customerAmount", coalesce(v.returns, 0) as returns, coalesce(v.returned, 0) as returned,
  coalesce(r.redeemed, 0) as redeemed, coalesce(r.discount, 0) as discount
from (
  select o.branch_id, ${SUMS} from daily_orders o
  where o.business_id = $1 and o.day between $2::date and $3::date group by 1
) v
full join (
  select branch_id, sum(redeemed)::bigint as redeemed, sum(discount)::bigint as discount from daily_claims
  where business_id = $1 and day between $2::date and $3::date and redeemed > 0 group by 1
) r using (branch_id)
order by visits desc, "branchId"`,
}
