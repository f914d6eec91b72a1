// Reconciles orders that are stored already, after a change that did not come from a delivery: a
// redemption at the till, a return by staff, or a joined order whose wait is over.
import type { Actor } from '../../../contract/actor.ts'
import { branchClock } from '../../businesses/branch-clock.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { familyOf } from '../../orders/apply-snapshot.ts'
import { saveOrderFlags } from '../../orders/flag-store.ts'
import { type RedemptionContext, redemptionContextOf } from '../../orders/redemption-view.ts'
import { loadFamilies, type OrderRow } from '../../orders/store.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { Claim } from '../claims/claim.ts'
import { redeemedFor } from '../claims/claim-store.ts'
import { loadClaims, reconcileOrders } from './reconcile-orders.ts'

interface Deps {
  now: EpochMs
  ids: Ids
  /** Who caused the change. */
  actor: Actor
}

/** Writes the claims, the units and the flags of the orders. */
export async function reconcileStoredOrders(
  tx: Transaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  orderIds: readonly Uuid[],
  deps: Deps,
): Promise<void> {
  const { businessId, business } = programs
  const keys = orderIds.map((id) => ({ businessId, id }))
  const [loaded, redeemed] = await Promise.all([loadFamilies(tx, keys), redeemedFor(tx, keys)])
  const rows = new Map(loaded.map((row) => [row.id, row]))
  const contexts = orderIds.flatMap((id) => contextOf(id, rows, business.timezone) ?? [])
  await reconcile(tx, lock, programs, contexts, redeemed, deps)
}

/** Reconciles one order that `loadStoredContext` returned. */
export async function reconcileStoredOrder(
  tx: Transaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  context: RedemptionContext,
  deps: Deps,
): Promise<void> {
  const key = { businessId: context.businessId, id: context.orderId }
  await reconcile(tx, lock, programs, [context], await redeemedFor(tx, [key]), deps)
}

/** Null if the order is unknown, or is no sale. `timezone`: for an order without a known branch. */
export async function loadStoredContext(
  tx: Transaction,
  id: Uuid,
  family: readonly OrderRow[],
  { businessId, timezone }: { businessId: Uuid; timezone: string },
): Promise<RedemptionContext | null> {
  const rows = new Map(family.map((row) => [row.id, row]))
  const row = rows.get(id)
  if (row?.kind !== 'sale') return null
  const branch = await branchClock(tx, businessId, row.branchId)
  return contextOf(id, rows, branch?.timezone ?? timezone)
}

function contextOf(id: Uuid, rows: ReadonlyMap<Uuid, OrderRow>, timezone: string): RedemptionContext | null {
  const row = rows.get(id)
  if (row?.kind !== 'sale') return null
  return redemptionContextOf(familyOf(id, rows), row, { customerId: row.customerId, timezone })
}

async function reconcile(
  tx: Transaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  stored: readonly RedemptionContext[],
  redeemed: readonly Claim[],
  { now, ids, actor }: Deps,
): Promise<void> {
  const { businessId } = programs
  const { contexts, claims } = await loadClaims(tx, stored, redeemed, now)
  const deps = { programs: new Map([[businessId, programs]]), now, ids, actor }
  const { orders } = await reconcileOrders(tx, lock, contexts, claims, deps)
  await Promise.all([...orders].map(([id, { flags }]) => saveOrderFlags(tx, { businessId, id }, flags)))
}
