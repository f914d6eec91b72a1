// What does not fit between an order and the rewards redeemed for it, for somebody to look at
// (pure).

import { ORDER_FLAGS, type OrderFlag } from '../../../contract/order-flags.ts'
import { isOfProducts } from '../../../contract/reward/kind.ts'
import { type Minor, prorate } from '../../kernel/money.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim } from '../claims/claim.ts'
import { isElsewhere } from '../redeem/outside-terms.ts'
import { productLimits } from '../redeem/product-limit.ts'
import { goodsOf, mostOff } from '../redeem/refusal.ts'
import { isNamedBy } from './reconcile.ts'
import { pricedLines, type ShownDiscounts } from './shown-discounts.ts'

/**
 * What does not fit between the order and the claims that are redeemed for it now, each flag once.
 */
export function flagsOf(scene: RedemptionContext, claims: readonly Claim[], shown: ShownDiscounts): OrderFlag[] {
  if (scene.state !== 'paid') return []
  const flags = new Set<OrderFlag>(flagsOfCodes(scene, claims))
  const mine = claims.filter((claim) => isRedeemedFor(claim, scene))
  for (const claim of mine) {
    for (const flag of flagsOfClaim(claim, scene, shown.get(claim.id) ?? null)) flags.add(flag)
  }
  if (takesTooMuch(scene, mine, shown)) flags.add('discount_too_high')
  if (mine.length > 1 && mine.some(({ terms }) => terms.combinable === false)) flags.add('not_combinable')
  return ORDER_FLAGS.filter((flag) => flags.has(flag))
}

function flagsOfCodes(scene: RedemptionContext, claims: readonly Claim[]): OrderFlag[] {
  return scene.codes.flatMap((code) => {
    const claim = claims.find((one) => one.code === code && (isNamedBy(one, scene) || isTheTills(one, scene)))
    if (!claim) return ['code_unknown']
    if (claim.redemption === null) return ['code_not_in_force']
    return claim.redemption.orderId === scene.orderId ? [] : ['code_of_other_order']
  })
}

/** Whose customer the order's is not, and which a till redeemed for it all the same. */
function isTheTills({ redemption }: Claim, { orderId }: RedemptionContext): boolean {
  return redemption?.orderId === orderId && redemption.by === 'till'
}

function isRedeemedFor({ status, redemption }: Claim, { orderId }: RedemptionContext): boolean {
  return status === 'redeemed' && redemption?.orderId === orderId
}

function flagsOfClaim(claim: Claim, scene: RedemptionContext, shown: Minor | null): OrderFlag[] {
  const { terms, redemption, customerId } = claim
  if (redemption === null) return []
  const flags: OrderFlag[] = []
  if (scene.customerId !== null && customerId !== scene.customerId) flags.push('redeemed_for_other')
  // A till that names no branch is believed; the order names it.
  const isWrongBranch = redemption.posBranchId === null && isElsewhere(claim, scene)
  if (redemption.outsideTerms || isWrongBranch) flags.push('outside_terms')
  const showsLoyalty = scene.codes.length > 0 || scene.discounts.some((one) => one.isLoyalty)
  if (shown !== null && shown !== redemption.discount) flags.push('discount_differs')
  if (shown === null && !showsLoyalty && redemption.discount > 0) flags.push('discount_not_in_order')
  const goods = goodsOf(scene)
  if (goods.amount < (terms.minimum_order_amount ?? 0)) flags.push('order_too_small')
  const share = terms.share_basis_points
  if (share !== undefined && redemption.discount > prorate(goods.amount, share, 10_000)) flags.push('share_too_high')
  return flags
}

/**
 * What the order shows, or the till said, whichever is more: each by its own terms, and rewards for
 * products all together.
 */
function takesTooMuch(scene: RedemptionContext, claims: readonly Claim[], shown: ShownDiscounts): boolean {
  if (claims.length === 0) return false
  const takings = claims.map(({ id, code, terms, redemption }) => {
    return { code, terms, discount: Math.max(shown.get(id) ?? 0, redemption?.discount ?? 0) }
  })
  const limits = productLimits(takings, pricedLines(scene))
  return takings.some(({ terms, discount }, index) => {
    const most = isOfProducts(terms) ? limits[index] : mostOff(terms, goodsOf(scene))
    return most != null && discount > most
  })
}
