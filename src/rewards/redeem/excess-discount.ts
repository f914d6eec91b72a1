// Whether a till gave more than the reward allows, as far as products and prices are known at that
// time (pure).
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { CatalogueGoods } from '../../catalogue/catalogue.ts'
import type { Minor } from '../../kernel/money.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim, RedeemedProduct } from '../claims/claim.ts'
import { goodsTotal, maximumDiscount } from '../terms/discount-limit.ts'
import {
  isForGoods,
  limitAtPrice,
  type PricedLine,
  pricedLines,
  productLimits,
  type RewardDiscount,
} from '../terms/product-limit.ts'

/** What the till gave. */
export interface GivenDiscount {
  discount: Minor
  products: readonly RedeemedProduct[] | null
}

/** What is known of products and prices. */
export interface KnownPrices {
  /** The order, if it has arrived. */
  context: RedemptionContext | null
  /** What was redeemed for the order before, oldest first. */
  others: readonly Claim[]
  /** Null if the reward is not for certain products. */
  catalogue: CatalogueGoods | null
}

/**
 * In order of precedence. `product`: the first one that the reward does not include. `maximum`: the
 * maximum discount, in minor units.
 */
export type ExcessDiscount =
  | { kind: 'discount_too_high'; limit: 'products'; product: string }
  | { kind: 'discount_too_high'; limit: 'quantity'; quantity: number }
  | { kind: 'discount_too_high'; limit: 'amount'; maximum: Minor }

export function excessOf(
  claim: Pick<Claim, 'code' | 'terms'>,
  given: GivenDiscount,
  known: KnownPrices,
): ExcessDiscount | null {
  const { terms } = claim
  if (isOfProducts(terms)) {
    const product = given.products?.find((one) => !isIncluded(terms, one, known))
    if (product) return { kind: 'discount_too_high', limit: 'products', product: product.product_id }
    const { quantity = 1 } = terms
    const milli = (given.products ?? []).reduce((sum, one) => sum + Math.round(one.quantity * 1000), 0)
    if (milli > quantity * 1000) return { kind: 'discount_too_high', limit: 'quantity', quantity }
  }
  const maximums = isOfProducts(terms)
    ? [maximumDiscount(terms, null), maximumOffProducts(claim, given, known)]
    : maximumsOffOrder(terms, known)
  const maximum = Math.min(...maximums.filter((one) => one !== null))
  return given.discount > maximum ? { kind: 'discount_too_high', limit: 'amount', maximum } : null
}

/**
 * Whether the reward includes a product that the till names. If only a catalogue can tell its
 * category and there is none, it is accepted.
 */
function isIncluded(
  terms: ClaimTerms,
  { product_id: id }: RedeemedProduct,
  { context, catalogue }: KnownPrices,
): boolean {
  if (isForGoods(terms, { productId: id })) return true
  const lines = context?.lines.filter(({ productId }) => productId === id) ?? []
  const items = catalogue?.goods.filter(({ productId }) => productId === id) ?? []
  const goods = [
    ...lines,
    ...items.map(({ productId, sku, categoryId }) => {
      return { productId, ...(sku !== null && { sku }), ...(categoryId !== null && { categoryId }) }
    }),
  ]
  if (goods.length > 0) return goods.some((one) => isForGoods(terms, one))
  return terms.categories !== undefined && !catalogue?.known
}

/** Whether no more goods can be added to the order. */
function isComplete({ state }: RedemptionContext): boolean {
  return state === 'paid' || state === 'returned' || state === 'void'
}

/** Off an order: the maximum of the terms, and what the goods cost before any discount. */
function maximumsOffOrder(terms: ClaimTerms, { context }: KnownPrices): (Minor | null)[] {
  if (!context || !isComplete(context)) return [maximumDiscount(terms, null)]
  // If tax is added to the prices, a line may state its discount without tax; its price has it.
  const prices = context.lines.reduce((sum, { price }) => sum + price, 0)
  const { amount, lines } = goodsTotal(context)
  const goods = { amount: Math.max(amount, prices), lines }
  return [maximumDiscount(terms, goods), goods.amount]
}

/**
 * Null if no price is known. The pieces of an order that is not paid yet may still change, but
 * their prices are known.
 */
function maximumOffProducts(
  { code, terms }: Pick<Claim, 'code' | 'terms'>,
  given: GivenDiscount,
  { context, others, catalogue }: KnownPrices,
): Minor | null {
  const lines = context ? pricedLines(context) : []
  if (context && isComplete(context)) {
    const before: RewardDiscount[] = others
      .filter(({ status }) => status === 'redeemed')
      .map((other) => ({ ...other, discount: other.redemption?.discount ?? 0 }))
    return maximumBeside(before, { code, terms, discount: given.discount }, lines)
  }
  const goods = lines.filter((line) => isForGoods(terms, line))
  if (goods.length > 0) {
    const prices = goods.map(({ price, productPrice, quantity }) =>
      Math.ceil(((terms.includes_modifiers ? price : productPrice) * 1000) / quantity),
    )
    return limitAtPrice(terms, Math.max(...prices))
  }
  const price = terms.includes_modifiers ? null : cataloguePrice(terms, given, catalogue)
  return price === null ? null : limitAtPrice(terms, price)
}

/**
 * The highest part of this discount that the pieces allow besides the discounts given before. A
 * discount from before that was too high already does not count against this one.
 */
function maximumBeside(before: readonly RewardDiscount[], own: RewardDiscount, lines: readonly PricedLine[]): Minor {
  const withoutOwn = productLimits(before, lines)
  const fits = (discount: Minor) => {
    const limits = productLimits([...before, { ...own, discount }], lines)
    return [...before, { discount }].every((one, index) => {
      const limit = limits[index] ?? 0
      return limit >= one.discount || limit >= (withoutOwn[index] ?? Number.POSITIVE_INFINITY)
    })
  }
  if (fits(own.discount)) return own.discount
  let [low, high] = [0, own.discount]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

/**
 * The highest price of the products that may have been given. Null if the catalogue lacks one of
 * them, or its price.
 */
function cataloguePrice(
  terms: ClaimTerms,
  { products }: GivenDiscount,
  catalogue: CatalogueGoods | null,
): Minor | null {
  if (!catalogue?.known) return null
  const ids = products?.map(({ product_id }) => product_id) ?? terms.products ?? []
  const named = ids.map((id) => catalogue.goods.filter(({ productId, sku }) => productId === id || sku === id))
  if (named.some((found) => found.length === 0)) return null
  const ofCategories = products
    ? []
    : catalogue.goods.filter(({ categoryId }) => categoryId !== null && terms.categories?.includes(categoryId))
  const prices = [...named.flat(), ...ofCategories].map(({ price }) => price ?? 0)
  return prices.length === 0 || prices.includes(0) ? null : Math.max(...prices)
}
