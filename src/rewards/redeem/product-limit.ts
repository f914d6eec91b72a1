// The most that rewards for products may take off: no more pieces than they include, each piece
// once, at its price in the order (pure).
import { isOfProducts, isPercent } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { Milli, Minor } from '../../kernel/money.ts'

/** A line of an order, as far as a reward for products looks at it. */
export interface PricedLine {
  productId: string
  sku?: string
  categoryId?: string
  /** The code that the line names. */
  code?: string
  sold: Milli
  /** Of the whole line before any discount, with its options. */
  price: Minor
  /** Of that, what a reward without modifiers may take off. */
  productPrice: Minor
}

/** What one redemption takes off the order. */
export interface Taking {
  code: string
  terms: ClaimTerms
  discount: Minor
}

/**
 * Whether a reward is for these goods: by product, SKU or category; for all goods when it names
 * none.
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
 * The most that each of these may take off the order, in their order; what is not for products has
 * no limit here and gets its own discount back. A piece serves one redemption: those whose code
 * stands on a line take from such lines, and go first; then those for the fewest lines, and the
 * earlier of equal ones. Each takes the cheapest pieces that its discount fits into, or else the
 * most expensive.
 */
export function productLimits(takings: readonly Taking[], lines: readonly PricedLine[]): Minor[] {
  const pool = lines.map((line) => ({ line, left: line.sold }))
  const limits = takings.map(({ discount }) => discount)
  const waiting = takings.flatMap((taking, index) => {
    if (!isOfProducts(taking.terms)) return []
    const isMarked = lines.some((line) => line.code === taking.code)
    const goods = pool.filter(
      ({ line }) => isForGoods(taking.terms, line) && (!isMarked || line.code === taking.code) && line.sold > 0,
    )
    return [{ taking, index, isMarked, goods }]
  })
  waiting.sort((a, b) => Number(b.isMarked) - Number(a.isMarked) || a.goods.length - b.goods.length)
  for (const { taking, index, goods } of waiting) limits[index] = serve(taking, goods)
  return limits
}

/** The most that a reward may take off pieces at this price each, however many there are. */
export function limitAtPrice(terms: ClaimTerms, price: Minor): Minor {
  const quantity = (terms.quantity ?? 1) * 1000
  const line = { productId: '', sold: 1000, price, productPrice: price }
  return allowed(terms, [{ from: { line, left: quantity }, milli: quantity }])
}

interface Goods {
  line: PricedLine
  /** Thousandths that serve no redemption yet. */
  left: Milli
}

interface Part {
  from: Goods
  milli: Milli
}

/** Takes the pieces out of what is left, and says how much they allow. */
function serve({ terms, discount }: Taking, goods: readonly Goods[]): Minor {
  if (discount === 0) return 0
  const free = goods
    .filter(({ left }) => left > 0)
    .sort((a, b) => priceOf(terms, a.line) / a.line.sold - priceOf(terms, b.line) / b.line.sold)
  let parts = takeFrom(free, free.length - 1, terms)
  // Which pieces are enough is found by halving: more expensive ones never allow less.
  if (allowed(terms, parts) >= discount) {
    let [low, high] = [0, free.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (allowed(terms, takeFrom(free, middle, terms)) >= discount) high = middle
      else low = middle + 1
    }
    parts = takeFrom(free, low, terms)
  }
  for (const { from, milli } of parts) from.left -= milli
  return allowed(terms, parts)
}

/** The pieces that a reward includes, from this one down to cheaper ones. */
function takeFrom(free: readonly Goods[], top: number, { quantity = 1 }: ClaimTerms): Part[] {
  const parts: Part[] = []
  let wanted = quantity * 1000
  for (let index = top; index >= 0 && wanted > 0; index--) {
    const one = free[index]
    if (!one) continue
    const milli = Math.min(one.left, wanted)
    wanted -= milli
    parts.push({ from: one, milli })
  }
  return parts
}

/**
 * Parts of a minor unit count for the customer: of a percentage once for each piece, as tills
 * round, else once for each line.
 */
function allowed(terms: ClaimTerms, parts: readonly Part[]): Minor {
  const percent = isPercent(terms) ? (terms.percent ?? 0) : 100
  const sum = parts.reduce((total, { from: { line }, milli }) => {
    const price = BigInt(priceOf(terms, line)) * BigInt(percent)
    const share = (of: Milli) => divideUp(price * BigInt(of), BigInt(line.sold) * 100n)
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
