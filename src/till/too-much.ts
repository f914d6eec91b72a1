// Whether a till gave more than the reward allows, as far as products and prices are known when it says so (pure).
import { isOfProducts } from '../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../contract/reward.ts'
import type { CatalogueGoods } from '../connector/catalogue.ts'
import type { Minor } from '../kernel/money.ts'
import type { Claim, RedeemedProduct } from '../rewards/claim.ts'
import { isForGoods, limitAtPrice, productLimits, type Taking } from '../rewards/product-limit.ts'
import type { OrderScene } from '../rewards/reconcile.ts'
import { mostOff } from '../rewards/refusal.ts'
import { pricedLines } from '../rewards/shown-discounts.ts'

/** What a till says that it gave. */
export interface Given {
  discount: Minor
  products: readonly RedeemedProduct[] | null
}

/** What is known when it says so. */
export interface Known {
  /** The order, when it has arrived. */
  scene: OrderScene | null
  /** What was redeemed for the order before, oldest first. */
  others: readonly Claim[]
  /** Null where the reward is not for certain products. */
  catalogue: CatalogueGoods | null
}

/** In order of precedence. `most` is the most that may be taken off, in minor units; `product` is the first that the reward is not for. */
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
  const mosts = [mostOff(terms, null), isOfProducts(terms) ? mostOffProducts(claim, given, known) : null]
  const most = Math.min(...mosts.filter((one) => one !== null))
  return given.discount > most ? { kind: 'discount_too_high', why: 'amount', most } : null
}

/** Whether the reward is for a product that the till names. Where only a catalogue could tell of its category, and there is none, it is believed. */
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

/** Null where no price is known. The pieces of an order that is not paid yet may still change; their prices are known. */
function mostOffProducts(
  { code, terms }: Pick<Claim, 'code' | 'terms'>,
  given: Given,
  { scene, others, catalogue }: Known,
): Minor | null {
  const lines = scene ? pricedLines(scene) : []
  if (scene?.state === 'paid' || scene?.state === 'returned') {
    const before: Taking[] = others
      .filter(({ status }) => status === 'redeemed')
      .map((other) => ({ ...other, discount: other.redemption?.discount ?? 0 }))
    return productLimits([...before, { code, terms, discount: given.discount }], lines).at(-1) ?? null
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

/** The highest price of the products that it may have been; null when the catalogue lacks one of them, or its price. */
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
