// The flags of an order: what does not match between it and the claims redeemed for it (pure).
import { ORDER_FLAGS, type OrderFlag } from '../../../contract/order-flags.ts'
import { isOfProducts } from '../../../contract/reward/kind.ts'
import { type Minor, prorate } from '../../kernel/money.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim } from '../claims/claim.ts'
import { goodsTotal, maximumDiscount } from '../terms/discount-limit.ts'
import { isAtOtherBranch } from '../terms/outside-terms.ts'
import { pricedLines, productLimits } from '../terms/product-limit.ts'
import { isNamedBy } from './decide-claim.ts'
import { type OrderDiscounts, orderDiscounts } from './order-discounts.ts'

/**
 * `claims`: those that the order concerns, as they are now. `isCardGone`: a claim could not be
 * redeemed because its stamp card does not exist any more. Null if there are none.
 */
export function flagsOf(
  context: RedemptionContext,
  claims: readonly Claim[],
  { isCardGone }: { isCardGone: boolean },
): OrderFlag[] | null {
  const flags: OrderFlag[] = [
    ...(context.state === 'paid' ? flagsOfPaid(context, claims) : []),
    ...(isCardGone ? (['card_gone'] as const) : []),
    ...(context.codesIgnored ? (['codes_ignored'] as const) : []),
    ...(isJoinMissing(context, claims) ? (['joined_order_missing'] as const) : []),
    ...context.ownFlags,
  ]
  return flags.length > 0 ? flags : null
}

/** Each flag once. */
function flagsOfPaid(context: RedemptionContext, claims: readonly Claim[]): OrderFlag[] {
  const discounts = orderDiscounts(context, claims)
  const flags = new Set<OrderFlag>(flagsOfCodes(context, claims))
  const redeemed = claims.filter(
    ({ status, redemption }) => status === 'redeemed' && redemption?.orderId === context.orderId,
  )
  for (const claim of redeemed) {
    for (const flag of flagsOfClaim(claim, context, discounts.get(claim.id) ?? null)) flags.add(flag)
  }
  if (isDiscountTooHigh(context, redeemed, discounts)) flags.add('discount_too_high')
  if (redeemed.length > 1 && redeemed.some(({ terms }) => terms.combinable === false)) flags.add('not_combinable')
  return ORDER_FLAGS.filter((flag) => flags.has(flag))
}

function flagsOfCodes(context: RedemptionContext, claims: readonly Claim[]): OrderFlag[] {
  return context.codes.flatMap((code) => {
    const claim = claims.find((one) => one.code === code && (isNamedBy(one, context) || isRedeemedByTill(one, context)))
    if (!claim) return ['code_unknown']
    if (claim.redemption === null) return ['code_not_in_force']
    return claim.redemption.orderId === context.orderId ? [] : ['code_of_other_order']
  })
}

/** Redeemed for this order by a till, although the order may name another customer. */
function isRedeemedByTill({ redemption }: Claim, { orderId }: RedemptionContext): boolean {
  return redemption?.orderId === orderId && redemption.by === 'till'
}

function flagsOfClaim(claim: Claim, context: RedemptionContext, orderDiscount: Minor | null): OrderFlag[] {
  const { terms, redemption, customerId } = claim
  if (redemption === null) return []
  const flags: OrderFlag[] = []
  if (context.customerId !== null && customerId !== context.customerId) flags.push('redeemed_for_other')
  // A till that names no branch is not refused; the branch of the order decides afterwards.
  const isWrongBranch = redemption.posBranchId === null && isAtOtherBranch(claim, context)
  if (redemption.outsideTerms || isWrongBranch) flags.push('outside_terms')
  const hasLoyaltyDiscount = context.codes.length > 0 || context.discounts.some((one) => one.isLoyalty)
  if (orderDiscount !== null && orderDiscount !== redemption.discount) flags.push('discount_differs')
  if (orderDiscount === null && !hasLoyaltyDiscount && redemption.discount > 0) flags.push('discount_not_in_order')
  const goods = goodsTotal(context)
  if (goods.amount < (terms.minimum_order_amount ?? 0)) flags.push('order_too_small')
  const share = terms.share_basis_points
  if (share !== undefined && redemption.discount > prorate(goods.amount, share, 10_000)) flags.push('share_too_high')
  return flags
}

/**
 * Compares the discount of the order or of the till, whichever is higher: each with its own terms,
 * and rewards for products all together.
 */
function isDiscountTooHigh(context: RedemptionContext, claims: readonly Claim[], inOrder: OrderDiscounts): boolean {
  if (claims.length === 0) return false
  const discounts = claims.map(({ id, code, terms, redemption }) => {
    return { code, terms, discount: Math.max(inOrder.get(id) ?? 0, redemption?.discount ?? 0) }
  })
  const limits = productLimits(discounts, pricedLines(context))
  return discounts.some(({ terms, discount }, index) => {
    const maximum = isOfProducts(terms) ? limits[index] : maximumDiscount(terms, goodsTotal(context))
    return maximum != null && discount > maximum
  })
}

/**
 * Whether no order took the goods of this joined order in time, and a redemption was restored for
 * that reason. A redemption that staff returned earlier does not count.
 */
function isJoinMissing({ orderId, state }: RedemptionContext, claims: readonly Claim[]): boolean {
  if (state !== 'joined') return false
  return claims.some(
    ({ status, redemption }) =>
      redemption?.orderId === orderId &&
      redemption.waitsSince !== undefined &&
      status === 'restored' &&
      !redemption.returned,
  )
}
