// Returns a redemption by hand: the discount never reached the order, so what was spent for it goes
// back.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import { assert, must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { loadFamilies } from '../../orders/store.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { Claim } from '../claims/claim.ts'
import { commitClaims, keepSpent, openClaims } from '../claims/claim-ledger.ts'
import { findClaim, redeemedFor, saveClaims } from '../claims/claim-store.ts'
import { shownIn } from '../reconcile/reconcile-orders.ts'
import { setAgainstOrder, storedContext } from './stored-order.ts'

/** In order of precedence. */
export type ReturnOutcome =
  | { kind: 'not_found' }
  | { kind: 'not_redeemed'; status: Exclude<Claim['status'], 'redeemed'> }
  /** The order shows the discount: only its void or return gives the reward back. */
  | { kind: 'in_order' }
  | { kind: 'returned'; claim: Claim }

/**
 * Gives back what a redemption spent, once: a void or a return of the order gives nothing more
 * back. If the order shows the discount later, the claim is redeemed for it again.
 */
export async function returnRedemption(
  tx: Transaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { claimId, reason, by }: { claimId: Uuid; reason: string; by: string },
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<ReturnOutcome> {
  const { businessId, business } = programs
  const claim = await findClaim(tx, businessId, claimId)
  if (!claim) return { kind: 'not_found' }
  if (claim.status !== 'redeemed') return { kind: 'not_redeemed', status: claim.status }
  const redemption = must(claim.redemption, 'a redemption')
  const key = { businessId, id: redemption.orderId }
  const [rows, redeemed] = await Promise.all([loadFamilies(tx, [key]), redeemedFor(tx, [key])])
  const scene = await storedContext(tx, key.id, rows, { businessId, timezone: business.timezone })
  if (scene && isInOrder(claim, scene, redeemed)) return { kind: 'in_order' }
  const marked = { ...claim, redemption: { ...redemption, returned: { at: now, by, reason } } }
  const inHand = await openClaims(tx, lock, programs, [marked], { now, ids })
  const kept = keepSpent(inHand, marked, 0, 'by_hand')
  assert(kept !== 'card_gone', 'a card that is used can be given back')
  const after: Claim = {
    ...kept,
    status: 'restored',
    endedAt: now,
    redemption: { ...marked.redemption, restored: redemption.units },
  }
  await Promise.all([commitClaims(tx, inHand), saveClaims(tx, lock, [{ before: claim, after }])])
  if (scene) await setAgainstOrder(tx, lock, scene, { programs, now, ids })
  return { kind: 'returned', claim: after }
}

function isInOrder(claim: Claim, scene: RedemptionContext, redeemed: readonly Claim[]): boolean {
  return scene.codes.includes(claim.code) || (shownIn(scene, redeemed).get(claim.id) ?? 0) > 0
}
