// Reconciles the redemptions of a round: brings the claims that its orders name to the state that the
// orders require.
import type { BranchCache } from '../businesses/known-branches.ts'
import { customerNamed, type KnownCustomer } from '../customers/enrol.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import type { EarningContext } from '../earning/context.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type Change, familyOf } from '../orders/apply-snapshot.ts'
import { isErased } from '../orders/erased.ts'
import { clockFlags } from '../orders/order-clock.ts'
import { type CodeSender, type RedemptionContext, redemptionContextOf } from '../orders/redemption-view.ts'
import { type OrderRow, withRows } from '../orders/store.ts'
import type { Claim } from '../rewards/claims/claim.ts'
import type { ReconciledOrder } from '../rewards/reconcile/decide-orders.ts'
import { moveRedemptions } from '../rewards/reconcile/move-redemptions.ts'
import { loadClaims, reconcileOrders } from '../rewards/reconcile/reconcile-orders.ts'

/** `cache`: the branches that the business had before this batch. */
type ReconcileContext = EarningContext & { cache: BranchCache }

interface RoundOrders {
  /** Without snapshots that are stale. */
  changes: readonly Change[]
  rows: ReadonlyMap<Uuid, OrderRow>
  customers: ReadonlyMap<string, KnownCustomer>
  /** Claims that were redeemed for these orders before. */
  redeemed: Claim[]
}

export interface ReconciledRound {
  orders: ReadonlyMap<Uuid, ReconciledOrder>
  mayHaveMovedUnits: boolean
  /** Orders whose flags change. */
  flagged: OrderRow[]
  /** Orders of the round in their current state, and orders that joins lead to. */
  rows: ReadonlyMap<Uuid, OrderRow>
}

export async function reconcileRound(
  tx: Transaction,
  lock: BusinessLock,
  context: ReconcileContext,
  round: RoundOrders,
): Promise<ReconciledRound> {
  const { now, ids, programs, snapshots } = context
  const named = await loadClaims(tx, contextsOf(context, round), round.redeemed, now)
  const joined = await moveRedemptions(tx, lock, {
    ...named,
    changes: round.changes,
    rows: round.rows,
    source: snapshots,
    now,
    contextOf: (row, rows) => contextOf(context, rows, row, row.customerId),
  })
  const deps = { programs, now, ids, actor: null, before: joined.before }
  const { orders, mayHaveMovedUnits } = await reconcileOrders(tx, lock, joined.contexts, joined.claims, deps)
  const rows = withRows(round.rows, joined.rows)
  const flagged = flagOrders(orders, rows)
  return { orders, mayHaveMovedUnits, flagged, rows: withRows(rows, flagged) }
}

/** Every sale that these changes affect, once. */
function contextsOf(context: ReconcileContext, { changes, rows, customers }: RoundOrders): RedemptionContext[] {
  const contexts = changes.flatMap((change) => [
    ...change.families.flatMap((id) => {
      const row = rows.get(id)
      if (row?.kind !== 'sale' || isErased(row)) return []
      const phone = row.order.customer?.phone
      const customer = phone === undefined ? undefined : customerNamed(customers, { ...row, phone })
      const sender = id === change.id ? senderOf(context, change) : null
      return [contextOf(context, rows, row, customer?.id ?? null, sender)]
    }),
    ...formerSale(context, change, rows),
  ])
  return [...new Map(contexts.map((one) => [one.orderId, one])).values()]
}

/**
 * A sale that has become a return restores what was redeemed for it. The flags of its clock are
 * those of the snapshot in force.
 */
function formerSale(
  context: ReconcileContext,
  { before, after }: Change,
  rows: ReadonlyMap<Uuid, OrderRow>,
): RedemptionContext[] {
  if (before?.kind !== 'sale' || after.kind === 'sale' || isErased(after)) return []
  const former = contextOf(context, rows, before, before.customerId)
  return [{ ...former, state: 'void', ownFlags: clockFlags(after.order, after.clock) }]
}

function contextOf(
  { programs, branchOf }: ReconcileContext,
  rows: ReadonlyMap<Uuid, OrderRow>,
  row: OrderRow,
  customerId: Uuid | null,
  sender: CodeSender | null = null,
): RedemptionContext {
  const branch = row.branchId === null ? undefined : branchOf(row.businessId, row.branchId)
  const timezone = branch?.timezone ?? must(programs.get(row.businessId), 'the business').business.timezone
  return redemptionContextOf(familyOf(row.id, rows), row, { customerId, timezone, ...(sender && { sender }) })
}

/**
 * A code counts once for its order and customer, in any number of snapshots; an order that LoyaPro
 * itself applies again is not an attempt.
 */
function senderOf({ cache }: ReconcileContext, { delivery, before, after }: Change): CodeSender | null {
  const { order } = after
  const phone = order.customer?.phone
  if (order.reward_codes.length === 0 || phone === undefined || delivery.replay) return null
  const known = before?.order.customer?.phone === phone ? before.order.reward_codes : []
  if (order.reward_codes.every((code) => known.includes(code))) return null
  const { businessId, posName, token = '' } = delivery
  const isBranchKnown = after.branchId !== null && cache.get(businessId)?.branches.get(after.branchId) !== undefined
  return { attemptSource: { businessId, phone, posName, token, branch: order.branch.id }, isBranchKnown }
}

/** The rows whose flags differ from what was found. */
function flagOrders(orders: ReadonlyMap<Uuid, ReconciledOrder>, rows: ReadonlyMap<Uuid, OrderRow>): OrderRow[] {
  return [...orders].flatMap(([id, { flags }]) => {
    const row = must(rows.get(id), 'a sale')
    return String(row.flags) === String(flags) ? [] : [{ ...row, flags }]
  })
}
