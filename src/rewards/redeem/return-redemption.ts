// Returns a redemption on behalf of staff: the discount never reached the order, so its units go
// back to the customer.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { WriteTransaction } from '../../db/database.ts'
import { assert, must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { loadFamilies } from '../../orders/store.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { Claim } from '../claims/claim.ts'
import { adjustSpent, commitClaims, openClaims } from '../claims/claim-ledger.ts'
import { findClaim, redeemedFor } from '../claims/claim-store.ts'
import { saveClaims } from '../claims/save-claims.ts'
import { orderDiscounts } from '../reconcile/order-discounts.ts'
import { loadStoredContext, reconcileStoredOrder } from '../reconcile/reconcile-stored-orders.ts'

/** In order of precedence. */
export type ReturnOutcome =
  | { kind: 'not_found' }
  | { kind: 'not_redeemed'; status: Exclude<Claim['status'], 'redeemed'> }
  /** The order has the discount: only its void or return restores the reward. */
  | { kind: 'in_order' }
  | { kind: 'returned'; claim: Claim }

/**
 * Restores what a redemption spent, once: a later void or return of the order restores nothing
 * more. If a later snapshot of the order has the discount, the claim is redeemed for it again.
 */
export async function returnRedemption(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { claimId, reason }: { claimId: Uuid; reason: string },
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<ReturnOutcome> {
  const { businessId, business } = programs
  const claim = await findClaim(tx, businessId, claimId)
  if (!claim) return { kind: 'not_found' }
  if (claim.status !== 'redeemed') return { kind: 'not_redeemed', status: claim.status }
  const redemption = must(claim.redemption, 'a redemption')
  const key = { businessId, id: redemption.orderId }
  const [rows, redeemed] = await Promise.all([loadFamilies(tx, [key]), redeemedFor(tx, [key])])
  const context = await loadStoredContext(tx, key.id, rows, { businessId, timezone: business.timezone })
  if (context && isInOrder(claim, context, redeemed)) return { kind: 'in_order' }
  const returned: Claim = { ...claim, redemption: { ...redemption, returned: { at: now, by: tx.actor, reason } } }
  const open = await openClaims(tx, lock, programs, [returned], { now, ids, actor: tx.actor })
  const adjusted = adjustSpent(open, returned, 0, 'by_hand')
  assert(adjusted !== 'card_gone', 'a used card can be restored')
  const after: Claim = {
    ...adjusted,
    status: 'restored',
    endedAt: now,
    endedBy: tx.actor,
    redemption: { ...must(returned.redemption, 'a redemption'), restored: redemption.units },
  }
  await Promise.all([commitClaims(tx, open), saveClaims(tx, lock, [{ before: claim, after }])])
  if (context) await reconcileStoredOrder(tx, lock, programs, context, { now, ids, actor: tx.actor })
  return { kind: 'returned', claim: after }
}

/** Whether the order names the code, or has a discount that belongs to this claim. */
function isInOrder(claim: Claim, context: RedemptionContext, redeemed: readonly Claim[]): boolean {
  return context.codes.includes(claim.code) || (orderDiscounts(context, redeemed).get(claim.id) ?? 0) > 0
}
