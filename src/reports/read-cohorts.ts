// Customers by the month in which they joined, and how many of them came back in each month after.
import type { Queryable, Statement } from '../db/database.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface CohortMonth {
  /** First days of the months. */
  joined: IsoDate
  month: IsoDate
  /** Customers who joined in that month, whether they ever bought or not. */
  size: number
  /** Those of them with a visit in `month`. */
  customers: number
  visits: number
  /** Minor units. */
  amount: number
}

/** Of the customers who joined in these months, every month up to `until` (first days). */
export function readCohorts(
  q: Queryable,
  businessId: Uuid,
  { from, to, until }: { from: IsoDate; to: IsoDate; until: IsoDate },
): Promise<CohortMonth[]> {
  return q.query<CohortMonth>(COHORTS, [businessId, from, to, until])
}

const COHORTS: Statement = {
  name: 'report_cohorts',
  text: `
with size as (
  select date_trunc('month', day)::date as joined, sum(joined)::bigint as size from daily_customers
  where business_id = $1 and day >= $2::date and day < ($3::date + interval '1 month') group by 1 having sum(joined) > 0
)
select s.joined, m.month, s.size, coalesce(c.customers, 0) as customers, coalesce(c.orders, 0) as visits,
  coalesce(c.amount, 0) as amount
from size s
cross join lateral (select generate_series(s.joined, $4::date, interval '1 month')::date as month) m
left join cohort_months c on c.business_id = $1 and c.joined = s.joined and c.month = m.month
order by 1, 2`,
}
