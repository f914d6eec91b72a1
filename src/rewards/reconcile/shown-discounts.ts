// What an order shows was taken off for each of the codes that it is about (pure).
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Minor } from '../../kernel/money.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim } from '../claims/claim.ts'
import { productLimits } from '../redeem/product-limit.ts'
import { goodsOf, mostOff } from '../redeem/refusal.ts'

/** By claim; a claim of which the order does not say what was taken off is absent. */
export type ShownDiscounts = ReadonlyMap<Uuid, Minor>

/**
 * A discount that names a code is that code's. Those that name none are divided among the claims
 * without one of their own: first what a till says was redeemed, then what the others may take off
 * at most, both by age; what is left is the oldest one's, so that it is seen.
 */
export function shownDiscounts(scene: RedemptionContext, claims: readonly Claim[]): ShownDiscounts {
  const shown = new Map<Uuid, Minor>()
  const unmarked: Claim[] = []
  const byAge = [...claims].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const claim of byAge) {
    const amounts = markedWith(claim, scene)
    if (amounts.length > 0) shown.set(claim.id, sumOf(amounts))
    else unmarked.push(claim)
  }
  const withoutCode = [...scene.discounts, ...linesAsDiscounts(scene)].filter(
    ({ isLoyalty, code }) => isLoyalty && code === undefined,
  )
  if (withoutCode.length === 0) return shown
  let left = sumOf(withoutCode.map(({ amount }) => amount))
  const take = (claim: Claim, most: Minor) => {
    const part = Math.min(left, most)
    left -= part
    shown.set(claim.id, (shown.get(claim.id) ?? 0) + part)
  }
  const isToldByTill = ({ redemption }: Claim) =>
    redemption?.by === 'till' && redemption.orderId === scene.orderId && !redemption.returned
  for (const claim of unmarked) if (isToldByTill(claim)) take(claim, claim.redemption?.discount ?? 0)
  for (const claim of unmarked) if (!isToldByTill(claim)) take(claim, mostIn(scene, claim))
  const [oldest] = unmarked.length > 0 ? unmarked : byAge
  if (oldest && left > 0) take(oldest, left)
  return shown
}

/** The most that a claim alone may take off an order. */
export function mostIn(scene: RedemptionContext, { terms, code }: Pick<Claim, 'terms' | 'code'>): Minor {
  if (!isOfProducts(terms)) return mostOff(terms, goodsOf(scene)) ?? 0
  return productLimits([{ terms, code, discount: Number.MAX_SAFE_INTEGER }], pricedLines(scene))[0] ?? 0
}

/** The lines whose pieces a reward may be used on. */
export function pricedLines({ lines }: RedemptionContext) {
  return lines.filter(({ sold }) => sold > 0)
}

function markedWith({ code }: Claim, scene: RedemptionContext): Minor[] {
  return [...scene.discounts, ...linesAsDiscounts(scene)].filter((one) => one.code === code).map(({ amount }) => amount)
}

function linesAsDiscounts({ lines }: RedemptionContext): RedemptionContext['discounts'] {
  return lines.flatMap(({ discount: amount, isLoyalty, code }) =>
    isLoyalty ? [{ amount, isLoyalty, ...(code !== undefined && { code }) }] : [],
  )
}

function sumOf(amounts: readonly Minor[]): Minor {
  return amounts.reduce((a, b) => a + b, 0)
}
