// The maximum that rewards for products may take off: at most the pieces that they include, each
// piece once, at its price in the order (pure).
import { isOfProducts, isPercent } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { Milli, Minor } from '../../kernel/money.ts'

/** A line of an order, with the fields that rewards for products need. */
export interface PricedLine {
  productId: string
  sku?: string
  categoryId?: string
  /** The reward code that the line names. */
  code?: string
  quantity: Milli
  /** Of the whole line before any discount, with its options. */
  price: Minor
  /** Of that, the part that a reward without modifiers may take off. */
  productPrice: Minor
}

/** The lines that have pieces for a reward. */
export function pricedLines({ lines }: { lines: readonly PricedLine[] }): readonly PricedLine[] {
  return lines.filter(({ quantity }) => quantity > 0)
}

/** What one redemption takes off the order. */
export interface RewardDiscount {
  code: string
  terms: ClaimTerms
  discount: Minor
}

/**
 * Whether a reward includes these goods: by product, SKU or category; all goods if it names none.
 */
export function isForGoods(
  { products, categories }: Pick<ClaimTerms, 'products' | 'categories'>,
  { productId, sku, categoryId }: Pick<PricedLine, 'productId' | 'sku' | 'categoryId'>,
): boolean {
  if (!products && !categories) return true
  if (products?.includes(productId)) return true
  if (sku !== undefined && products?.includes(sku)) return true
  return categoryId !== undefined && (categories?.includes(categoryId) ?? false)
}

/**
 * The maximum of each discount, in the order of `discounts`. A discount that is not for products
 * has no limit here: its maximum is its own amount. Each piece is used by one redemption.
 * Redemptions whose code is on a line use such lines and are served first; then those with the
 * fewest matching lines, and the earlier of equal ones. Each uses the cheapest pieces that its
 * discount fits into, else the most expensive ones.
 */
export function productLimits(discounts: readonly RewardDiscount[], lines: readonly PricedLine[]): Minor[] {
  const pool = lines.map((line) => ({ line, left: line.quantity }))
  const limits = discounts.map(({ discount }) => discount)
  const queue = discounts.flatMap((discount, index) => {
    if (!isOfProducts(discount.terms)) return []
    const isMarked = lines.some((line) => line.code === discount.code)
    const goods = pool.filter(
      ({ line }) => isForGoods(discount.terms, line) && (!isMarked || line.code === discount.code) && line.quantity > 0,
    )
    return [{ discount, index, isMarked, goods }]
  })
  queue.sort((a, b) => Number(b.isMarked) - Number(a.isMarked) || a.goods.length - b.goods.length)
  for (const { discount, index, goods } of queue) limits[index] = usePieces(discount, goods)
  return limits
}

/** The maximum that a reward may take off pieces at this price, however many there are. */
export function limitAtPrice(terms: ClaimTerms, price: Minor): Minor {
  const left = (terms.quantity ?? 1) * 1000
  const line = { productId: '', quantity: 1000, price, productPrice: price }
  return limitOf(terms, [{ from: { line, left }, milli: left }])
}

interface Goods {
  line: PricedLine
  /** Thousandths that no redemption has used yet. */
  left: Milli
}

interface Part {
  from: Goods
  milli: Milli
}

/** Removes the pieces from what is left, and returns the maximum that they allow. */
function usePieces({ terms, discount }: RewardDiscount, goods: readonly Goods[]): Minor {
  if (discount === 0) return 0
  const free = goods
    .filter(({ left }) => left > 0)
    .sort((a, b) => priceOf(terms, a.line) / a.line.quantity - priceOf(terms, b.line) / b.line.quantity)
  let parts = takeFrom(free, free.length - 1, terms)
  // Binary search for the cheapest pieces that suffice: more expensive ones never allow less.
  if (limitOf(terms, parts) >= discount) {
    let [low, high] = [0, free.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (limitOf(terms, takeFrom(free, middle, terms)) >= discount) high = middle
      else low = middle + 1
    }
    parts = takeFrom(free, low, terms)
  }
  for (const { from, milli } of parts) from.left -= milli
  return limitOf(terms, parts)
}

/** The pieces that a reward includes, from index `top` down to cheaper ones. */
function takeFrom(free: readonly Goods[], top: number, { quantity = 1 }: ClaimTerms): Part[] {
  const parts: Part[] = []
  let missing = quantity * 1000
  for (let index = top; index >= 0 && missing > 0; index--) {
    const goods = free[index]
    if (!goods) continue
    const milli = Math.min(goods.left, missing)
    missing -= milli
    parts.push({ from: goods, milli })
  }
  return parts
}

/**
 * Fractions of a minor unit are rounded up: of a percentage once a piece, as POS systems do, else
 * once a line.
 */
function limitOf(terms: ClaimTerms, parts: readonly Part[]): Minor {
  const percent = isPercent(terms) ? (terms.percent ?? 0) : 100
  const sum = parts.reduce((total, { from: { line }, milli }) => {
    const price = BigInt(priceOf(terms, line)) * BigInt(percent)
    const share = (of: Milli) => divideUp(price * BigInt(of), BigInt(line.quantity) * 100n)
    const pieces = percent < 100 ? Math.floor(milli / 1000) : 0
    return total + pieces * share(1000) + share(milli - pieces * 1000)
  }, 0)
  const cap = isPercent(terms) ? terms.max_discount_amount : (terms.discount_amount ?? 0)
  return Math.min(sum, cap ?? sum)
}

function priceOf({ includes_modifiers }: ClaimTerms, { price, productPrice }: PricedLine): Minor {
  return includes_modifiers ? price : productPrice
}

function divideUp(num: bigint, den: bigint): number {
  return Number((num + den - 1n) / den)
}
