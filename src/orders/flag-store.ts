// Writes the flags of an order outside of a round of deliveries.
import type { OrderFlag } from '../../contract/order-flags.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Replaces all flags. */
export async function saveOrderFlags(
  tx: Transaction,
  { businessId, id }: { businessId: Uuid; id: Uuid },
  flags: readonly OrderFlag[] | null,
): Promise<void> {
  await tx.query('update orders set flags = $3::text[] where business_id = $1 and id = $2', [businessId, id, flags])
}
