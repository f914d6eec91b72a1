// Moves the ids that points of sale have for a merged customer to the customer that they were
// merged into.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Ids that `into` has stay. Changes of `from` that wait to be sent are dropped. */
export async function movePosCustomer(
  tx: Transaction,
  _lock: BusinessLock,
  { businessId, from, into }: { businessId: Uuid; from: Uuid; into: Uuid },
): Promise<void> {
  await Promise.all([
    tx.query(MOVE_POS_IDS, [businessId, from, into]),
    tx.query('delete from pos_customers where business_id = $1 and customer_id = $2', [businessId, from]),
    tx.query('delete from pos_customer_changes where business_id = $1 and customer_id = $2', [businessId, from]),
  ])
}

const MOVE_POS_IDS: Statement = {
  name: 'merge_move_pos_ids',
  text: `
insert into pos_customers (business_id, pos_name, customer_id, pos_customer_id, updated_at)
select business_id, pos_name, $3, pos_customer_id, updated_at from pos_customers where business_id = $1 and customer_id = $2
on conflict (business_id, pos_name, customer_id) do nothing`,
}
