// Moves the orders of a merged customer to the customer that they were merged into.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** The orders keep the former customer's id, under which their earlier transfers are found. */
export async function moveOrders(
  tx: Transaction,
  _lock: BusinessLock,
  { businessId, from, into }: { businessId: Uuid; from: Uuid; into: Uuid },
): Promise<void> {
  await tx.query(MOVE, [businessId, from, into])
}

/** The number of orders of a customer, counted up to `most`. */
export async function countOrders(tx: Transaction, businessId: Uuid, customerId: Uuid, most: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>(COUNT, [businessId, customerId, most])
  return row?.n ?? 0
}

const MOVE: Statement = {
  name: 'merge_move_orders',
  text: `
update orders set customer_id = $3::uuid, former_customers = array_append(array_remove(former_customers, $2::uuid), $2::uuid),
  ceiling = case when ceiling ->> 'customer' = $2::uuid::text then jsonb_set(ceiling, '{customer}', to_jsonb($3::uuid::text)) else ceiling end
where business_id = $1 and customer_id = $2`,
}

const COUNT: Statement = {
  name: 'merge_count_orders',
  text: 'select count(*) as n from (select from orders where business_id = $1 and customer_id = $2 limit $3) as part',
}
