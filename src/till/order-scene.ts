// An order that is known already, beside the redemptions of a till or of staff: read, and set against them.
import type { Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { familyOf } from '../orders/change.ts'
import type { Connected } from '../orders/receive.ts'
import { sceneOf } from '../orders/redemptions.ts'
import type { OrderRow } from '../orders/store.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { redeemedFor } from '../rewards/claim-store.ts'
import type { OrderScene } from '../rewards/reconcile.ts'
import { claimsFor, settleRedemptions } from '../rewards/settle-orders.ts'
import { branchClock } from './judge-code.ts'

/** Null when the order is not known yet, or is no sale. */
export async function sceneAt(
  tx: Transaction,
  id: Uuid,
  family: readonly OrderRow[],
  { businessId, timezone }: Pick<Connected, 'businessId' | 'timezone'>,
): Promise<OrderScene | null> {
  const rows = new Map(family.map((row) => [row.id, row]))
  const row = rows.get(id)
  if (row?.kind !== 'sale') return null
  const branch = await branchClock(tx, businessId, row.branchId)
  return sceneOf(familyOf(id, rows), row, { customerId: row.customerId, timezone: branch?.timezone ?? timezone })
}

/** The order was here first: it may be void already, or show another amount. */
export async function setAgainstOrder(
  tx: Transaction,
  scene: OrderScene,
  { programs, now, ids }: { programs: BusinessPrograms; now: EpochMs; ids: Ids },
): Promise<void> {
  const { businessId, orderId: id } = scene
  const { scenes, claims } = await claimsFor(tx, [scene], await redeemedFor(tx, [{ businessId, id }]), now)
  const { settled } = await settleRedemptions(tx, scenes, claims, {
    programs: new Map([[businessId, programs]]),
    now,
    ids,
  })
  const flags = settled.get(id)?.flags ?? null
  await tx.query('update orders set flags = $3::text[] where business_id = $1 and id = $2', [businessId, id, flags])
}
