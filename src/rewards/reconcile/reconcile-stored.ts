// Sets orders against the redemptions held for them once more, outside of a round of deliveries.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { familyOf } from '../../orders/apply-snapshot.ts'
import { redemptionContextOf } from '../../orders/redemption-view.ts'
import { loadFamilies } from '../../orders/store.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import { redeemedFor } from '../claims/claim-store.ts'
import { claimsFor, reconcileRedemptions } from './reconcile-orders.ts'

/** Discrepancies are flagged on the orders. */
export async function reconcileStoredOrders(
  tx: Transaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  orderIds: readonly Uuid[],
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<void> {
  const { businessId, business } = programs
  const keys = orderIds.map((id) => ({ businessId, id }))
  const [loaded, redeemed] = await Promise.all([loadFamilies(tx, keys), redeemedFor(tx, keys)])
  const rows = new Map(loaded.map((row) => [row.id, row]))
  const known = orderIds.flatMap((id) => {
    const row = rows.get(id)
    const at = { customerId: row?.customerId ?? null, timezone: business.timezone }
    return row?.kind === 'sale' ? [redemptionContextOf(familyOf(id, rows), row, at)] : []
  })
  const { scenes, claims } = await claimsFor(tx, known, redeemed, now)
  const { settled } = await reconcileRedemptions(tx, lock, scenes, claims, {
    programs: new Map([[businessId, programs]]),
    now,
    ids,
  })
  await Promise.all(
    [...settled].map(([id, { flags }]) =>
      tx.query('update orders set flags = $3::text[] where business_id = $1 and id = $2', [businessId, id, flags]),
    ),
  )
}
