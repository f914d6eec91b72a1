// Whether a till gave more than the reward allows, as far as products and prices are known when it
// says so (pure).
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { CatalogueGoods } from '../../catalogue/catalogue.ts'
import type { Minor } from '../../kernel/money.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim, RedeemedProduct } from '../claims/claim.ts'
import { pricedLines } from '../reconcile/shown-discounts.ts'
import { isForGoods, limitAtPrice, type PricedLine, productLimits, type Taking } from './product-limit.ts'
import { goodsOf, mostOff } from './refusal.ts'

/** What a till says that it gave. */
export interface Given {
  discount: Minor
  products: readonly RedeemedProduct[] | null
}

/** What is known when it says so. */
export interface Known {
  /** The order, when it has arrived. */
  scene: RedemptionContext | null
  /** What was redeemed for the order before, oldest first. */
  others: readonly Claim[]
  /** Null where the reward is not for certain products. */
  catalogue: CatalogueGoods | null
}

/**
 * In order of precedence. `most` is the most that may be taken off, in minor units; `product` is
 * the first that the reward is not for.
 */
export type TooMuch =
  | { kind: 'discount_too_high'; why: 'products'; product: string }
  | { kind: 'discount_too_high'; why: 'quantity'; quantity: number }
  | { kind: 'discount_too_high'; why: 'amount'; most: Minor }

export function tooMuchOf(claim: Pick<Claim, 'code' | 'terms'>, given: Given, known: Known): TooMuch | null {
  const { terms } = claim
  if (isOfProducts(terms)) {
    const product = given.products?.find((one) => !isIncluded(terms, one, known))
    if (product) return { kind: 'discount_too_high', why: 'products', product: product.product_id }
    const { quantity = 1 } = terms
    const milli = (given.products ?? []).reduce((sum, one) => sum + Math.round(one.quantity * 1000), 0)
    if (milli > quantity * 1000) return { kind: 'discount_too_high', why: 'quantity', quantity }
  }
  const mosts = isOfProducts(terms)
    ? [mostOff(terms, null), mostOffProducts(claim, given, known)]
    : mostOffOrder(terms, known)
  const most = Math.min(...mosts.filter((one) => one !== null))
  return given.discount > most ? { kind: 'discount_too_high', why: 'amount', most } : null
}

/**
 * Whether the reward is for a product that the till names. Where only a catalogue could tell of its
 * category, and there is none, it is believed.
 */
function isIncluded(terms: ClaimTerms, { product_id: id }: RedeemedProduct, { scene, catalogue }: Known): boolean {
  if (isForGoods(terms, { productId: id })) return true
  const lines = scene?.lines.filter(({ productId }) => productId === id) ?? []
  const items = catalogue?.goods.filter(({ productId }) => productId === id) ?? []
  const seen = [
    ...lines,
    ...items.map(({ productId, sku, categoryId }) => {
      return { productId, ...(sku !== null && { sku }), ...(categoryId !== null && { categoryId }) }
    }),
  ]
  if (seen.length > 0) return seen.some((goods) => isForGoods(terms, goods))
  return terms.categories !== undefined && !catalogue?.known
}

/** Whether no goods are added to the order any more. */
function isComplete({ state }: RedemptionContext): boolean {
  return state === 'paid' || state === 'returned' || state === 'void'
}

/** Off an order: by its terms, and never more than the goods cost before any discount. */
function mostOffOrder(terms: ClaimTerms, { scene }: Known): (Minor | null)[] {
  if (!scene || !isComplete(scene)) return [mostOff(terms, null)]
  // Where tax is added to the prices, a line may state its discount without tax; its price has it.
  const prices = scene.lines.reduce((sum, { price }) => sum + price, 0)
  const { amount, lines } = goodsOf(scene)
  const goods = { amount: Math.max(amount, prices), lines }
  return [mostOff(terms, goods), goods.amount]
}

/**
 * Null where no price is known. The pieces of an order that is not paid yet may still change; their
 * prices are known.
 */
function mostOffProducts(
  { code, terms }: Pick<Claim, 'code' | 'terms'>,
  given: Given,
  { scene, others, catalogue }: Known,
): Minor | null {
  const lines = scene ? pricedLines(scene) : []
  if (scene && isComplete(scene)) {
    const before: Taking[] = others
      .filter(({ status }) => status === 'redeemed')
      .map((other) => ({ ...other, discount: other.redemption?.discount ?? 0 }))
    return mostBeside(before, { code, terms, discount: given.discount }, lines)
  }
  const goods = lines.filter((line) => isForGoods(terms, line))
  if (goods.length > 0) {
    const prices = goods.map(({ price, productPrice, sold }) =>
      Math.ceil(((terms.includes_modifiers ? price : productPrice) * 1000) / sold),
    )
    return limitAtPrice(terms, Math.max(...prices))
  }
  const price = terms.includes_modifiers ? null : cataloguePrice(terms, given, catalogue)
  return price === null ? null : limitAtPrice(terms, price)
}

/**
 * What the taking may be at most, up to what it is, so that the pieces allow it and still all that
 * was taken before. A redemption from before that was too high already is no reason to refuse this
 * one.
 */
function mostBeside(before: readonly Taking[], taking: Taking, lines: readonly PricedLine[]): Minor {
  const alone = productLimits(before, lines)
  const fits = (discount: Minor) => {
    const limits = productLimits([...before, { ...taking, discount }], lines)
    return [...before, { discount }].every((one, index) => {
      const limit = limits[index] ?? 0
      return limit >= one.discount || limit >= (alone[index] ?? Number.POSITIVE_INFINITY)
    })
  }
  if (fits(taking.discount)) return taking.discount
  let [low, high] = [0, taking.discount]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

/**
 * The highest price of the products that it may have been; null when the catalogue lacks one of
 * them, or its price.
 */
function cataloguePrice(terms: ClaimTerms, { products }: Given, catalogue: CatalogueGoods | null): Minor | null {
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
