// Holds for the customer's first order: the earliest sale that stands and whose kept goods cost
// more than 0.
import type { Statement } from '../../db/database.ts'
import type { SaleAt, StandingFact } from '../fact.ts'
import { STANDS } from '../sliding.ts'
import { condition, holds } from './condition.ts'

export const FIRST_ORDER: StandingFact<boolean> = {
  kind: 'standing',
  name: 'first_order',
  whenUnknown: false,
  load: async (q, customers) => {
    if (customers.length === 0) return []
    return q.query(EARLIEST_SALES, [customers.map((one) => one.businessId), customers.map((one) => one.id)])
  },
  valueOf: (saleId, [first]) => first?.id === saleId,
  changed: ([before], [now]) =>
    before?.id === now?.id ? [] : [before, now].filter((sale): sale is SaleAt => !!sale).map(({ id }) => id),
}

export const firstOrder = condition<'first_order'>({
  facts: [FIRST_ORDER],
  miss: (_first, { fact }) => holds(fact(FIRST_ORDER)),
  explain: { en: () => "only valid for a customer's first order", ar: () => 'متاحة لأول طلب للعميل فقط' },
})

// One delivery changes at most three sales: an exchange, the sale whose goods it returns now, and
// the one whose goods it returned before. One of four stays as it is.
const EARLIEST_SALES: Statement = {
  name: 'earliest_sales',
  text: `
select k.business_id as "businessId", k.customer_id as "customerId", e.id, e.occurred_at as "occurredAt"
from unnest($1::uuid[], $2::uuid[]) as k (business_id, customer_id)
cross join lateral (
  select o.id, o.occurred_at from orders o
  where o.business_id = k.business_id and o.customer_id = k.customer_id and ${STANDS}
    and o.facts ->> 'free' is null
  order by o.occurred_at, o.id limit 4
) e`,
}
