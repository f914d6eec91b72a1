// How the loyalty discounts of an order are divided among the claims that it concerns (pure).
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Minor } from '../../kernel/money.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim } from '../claims/claim.ts'
import { goodsTotal, maximumDiscount } from '../terms/discount-limit.ts'
import { pricedLines, productLimits } from '../terms/product-limit.ts'
import { isRedeemedByOrder } from './decide-claim.ts'

/** By claim. A claim for which the order states no discount is absent. */
export type OrderDiscounts = ReadonlyMap<Uuid, Minor>

/** The discounts of the claims that are redeemed for the order, and of those that it redeems. */
export function orderDiscounts(context: RedemptionContext, claims: readonly Claim[]): OrderDiscounts {
  const own = claims.filter(
    (claim) => claim.redemption?.orderId === context.orderId || isRedeemedByOrder(claim, context),
  )
  if (own.length === 0) return NO_DISCOUNTS
  // A discount without a code belongs to a redemption that staff returned only if there is no
  // other.
  const likely = own.filter(({ code, redemption }) => !redemption?.returned || context.codes.includes(code))
  return divideDiscounts(context, likely.length > 0 ? likely : own)
}

const NO_DISCOUNTS: OrderDiscounts = new Map()

/**
 * A discount that names a code belongs to that code. Discounts without a code are divided among the
 * claims that have none of their own, oldest first: the redemptions of a till get the amount that
 * the till sent, then the others get the maximum that they may take off. The oldest claim gets the
 * rest, so that an excess is visible.
 */
function divideDiscounts(context: RedemptionContext, claims: readonly Claim[]): OrderDiscounts {
  const divided = new Map<Uuid, Minor>()
  const withoutDiscount: Claim[] = []
  const byAge = [...claims].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const claim of byAge) {
    const amounts = amountsWithCode(claim, context)
    if (amounts.length > 0) divided.set(claim.id, sumOf(amounts))
    else withoutDiscount.push(claim)
  }
  const withoutCode = [...context.discounts, ...lineDiscounts(context)].filter(
    ({ isLoyalty, code }) => isLoyalty && code === undefined,
  )
  if (withoutCode.length === 0) return divided
  let left = sumOf(withoutCode.map(({ amount }) => amount))
  const assign = (claim: Claim, maximum: Minor) => {
    const part = Math.min(left, maximum)
    left -= part
    divided.set(claim.id, (divided.get(claim.id) ?? 0) + part)
  }
  const isFromTill = ({ redemption }: Claim) =>
    redemption?.by === 'till' && redemption.orderId === context.orderId && !redemption.returned
  for (const claim of withoutDiscount) if (isFromTill(claim)) assign(claim, claim.redemption?.discount ?? 0)
  for (const claim of withoutDiscount) if (!isFromTill(claim)) assign(claim, maximumInOrder(context, claim))
  const [oldest] = withoutDiscount.length > 0 ? withoutDiscount : byAge
  if (oldest && left > 0) assign(oldest, left)
  return divided
}

/** The maximum that the claim alone may take off the order. */
function maximumInOrder(context: RedemptionContext, { terms, code }: Pick<Claim, 'terms' | 'code'>): Minor {
  if (!isOfProducts(terms)) return maximumDiscount(terms, goodsTotal(context)) ?? 0
  return productLimits([{ terms, code, discount: Number.MAX_SAFE_INTEGER }], pricedLines(context))[0] ?? 0
}

function amountsWithCode({ code }: Claim, context: RedemptionContext): Minor[] {
  return [...context.discounts, ...lineDiscounts(context)]
    .filter((one) => one.code === code)
    .map(({ amount }) => amount)
}

function lineDiscounts({ lines }: RedemptionContext): RedemptionContext['discounts'] {
  return lines.flatMap(({ discount: amount, isLoyalty, code }) =>
    isLoyalty ? [{ amount, isLoyalty, ...(code !== undefined && { code }) }] : [],
  )
}

function sumOf(amounts: readonly Minor[]): Minor {
  return amounts.reduce((a, b) => a + b, 0)
}
