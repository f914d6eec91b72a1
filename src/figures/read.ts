// Reads the figures of customers.
import type { Queryable, Statement } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { RETURN, SUMS, VISIT } from './sums.ts'

export interface Figures {
  customerId: Uuid
  /** Paid sales. */
  visits: number
  /** What was paid less what was returned, in minor units. */
  spend: number
  firstVisitAt: EpochMs | null
  lastVisitAt: EpochMs | null
}

/** By customer. Call `refreshFigures` first. */
export async function readFigures(
  q: Queryable,
  businessId: Uuid,
  customerIds: readonly Uuid[],
): Promise<Map<Uuid, Figures>> {
  const rows = await q.query<Figures>(READ, [businessId, customerIds])
  return new Map(rows.map((row) => [row.customerId, row]))
}

/** Those of one customer, counted from the orders, and the branch with the most visits. */
export async function countFigures(
  q: Queryable,
  businessId: Uuid,
  customerId: Uuid,
): Promise<Figures & { branchId: Uuid | null }> {
  const [row] = await q.query<Figures & { branchId: Uuid | null }>(COUNT, [businessId, customerId])
  return must(row, 'the one row of a sum')
}

export function noFigures(customerId: Uuid): Figures {
  return { customerId, visits: 0, spend: 0, firstVisitAt: null, lastVisitAt: null }
}

const READ: Statement = {
  name: 'figures_read',
  text: `
select customer_id as "customerId", visits, spend, first_visit_at as "firstVisitAt", last_visit_at as "lastVisitAt"
from customer_figures where business_id = $1 and customer_id = any ($2::uuid[])`,
}

const COUNT: Statement = {
  name: 'figures_count',
  text: `
select $2::uuid as "customerId", visits, spend, first_visit_at as "firstVisitAt", last_visit_at as "lastVisitAt", "branchId"
from (
  select ${SUMS}, mode() within group (order by o.branch_id) as "branchId"
  from orders o
  left join lateral (
    select sum(r.total) as total from orders r
    where r.business_id = o.business_id and r.original_id = o.id and ${RETURN}
  ) back on true
  where o.business_id = $1 and o.customer_id = $2 and ${VISIT}
) v`,
}
