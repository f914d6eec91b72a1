// An order that is known already, beside the redemptions of a till or of staff: read, and set
// against them.

import type { Connected } from '../../businesses/connection-cache.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { familyOf } from '../../orders/apply-snapshot.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { redemptionContextOf } from '../../orders/redemption-view.ts'
import type { OrderRow } from '../../orders/store.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import { redeemedFor } from '../claims/claim-store.ts'
import { claimsFor, reconcileRedemptions } from '../reconcile/reconcile-orders.ts'
import { branchClock } from './find-code.ts'

/** Null when the order is not known yet, or is no sale. */
export async function storedContext(
  tx: Transaction,
  id: Uuid,
  family: readonly OrderRow[],
  { businessId, timezone }: Pick<Connected, 'businessId' | 'timezone'>,
): Promise<RedemptionContext | null> {
  const rows = new Map(family.map((row) => [row.id, row]))
  const row = rows.get(id)
  if (row?.kind !== 'sale') return null
  const branch = await branchClock(tx, businessId, row.branchId)
  return redemptionContextOf(familyOf(id, rows), row, {
    customerId: row.customerId,
    timezone: branch?.timezone ?? timezone,
  })
}

/** The order was here first: it may be void already, or show another amount. */
export async function setAgainstOrder(
  tx: Transaction,
  lock: BusinessLock,
  scene: RedemptionContext,
  { programs, now, ids }: { programs: BusinessPrograms; now: EpochMs; ids: Ids },
): Promise<void> {
  const { businessId, orderId: id } = scene
  const { scenes, claims } = await claimsFor(tx, [scene], await redeemedFor(tx, [{ businessId, id }]), now)
  const { settled } = await reconcileRedemptions(tx, lock, scenes, claims, {
    programs: new Map([[businessId, programs]]),
    now,
    ids,
  })
  const flags = settled.get(id)?.flags ?? null
  await tx.query('update orders set flags = $3::text[] where business_id = $1 and id = $2', [businessId, id, flags])
}
