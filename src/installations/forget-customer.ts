// Deletes the links of an erased customer to the customers of POS systems.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/**
 * The ids of the customer at POS systems, whose rows are deleted with what waits to be sent there.
 * The POS keeps its own customer: the merchant erases that there.
 */
export async function forgetPosCustomer(
  tx: Transaction,
  _lock: BusinessLock,
  { businessId, customerId }: { businessId: Uuid; customerId: Uuid },
): Promise<string[]> {
  const key = [businessId, customerId]
  const [links] = await Promise.all([
    tx.query<{ id: string }>(
      'delete from pos_customers where business_id = $1 and customer_id = $2 returning pos_customer_id as id',
      key,
    ),
    tx.query('delete from pos_customer_changes where business_id = $1 and customer_id = $2', key),
  ])
  return links.map((link) => link.id)
}
