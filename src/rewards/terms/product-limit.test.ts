// The limit of rewards for products: examples, and laws that compare it with a model that tries
// every way to use the pieces.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ClaimTerms } from '../../../contract/reward.ts'
import { runs } from '../../../test/support/runs.ts'
import { type PricedLine, productLimits, type RewardDiscount } from './product-limit.ts'

const LATTE: ClaimTerms = { kind: 'percent_products', percent: 100, products: ['latte'], quantity: 1 }

function line(productId: string, pieces: number, price: number, more: Partial<PricedLine> = {}): PricedLine {
  return { productId, quantity: pieces * 1000, price, productPrice: price, ...more }
}

function discountOf(terms: ClaimTerms, discount: number, code = 'A'): RewardDiscount {
  return { terms, discount, code }
}

test('a reward for one latte takes off one of three lattes, and nothing of a TV', () => {
  assert.deepEqual(productLimits([discountOf(LATTE, 3600)], [line('latte', 3, 3600)]), [1200])
  assert.deepEqual(productLimits([discountOf(LATTE, 999_900)], [line('tv', 1, 999_900)]), [0])
})

test('the most expensive pieces that qualify count, by product, SKU or category', () => {
  const terms: ClaimTerms = { ...LATTE, products: ['latte', 'sku-7'], categories: ['hot'] }
  const lines = [
    line('latte', 1, 1200),
    line('mocha', 1, 1900, { sku: 'sku-7' }),
    line('tea', 2, 1000, { categoryId: 'hot' }),
  ]
  assert.deepEqual(productLimits([discountOf(terms, 1900)], lines), [1900])
  assert.deepEqual(productLimits([discountOf({ ...terms, quantity: 3 }, 9999)], lines), [1900 + 1200 + 500])
})

test('two codes and one latte: only the first code takes something off', () => {
  const both = [discountOf(LATTE, 1200, 'A'), discountOf(LATTE, 1200, 'B')]
  assert.deepEqual(productLimits(both, [line('latte', 1, 1200)]), [1200, 0])
  assert.deepEqual(productLimits(both, [line('latte', 2, 2400)]), [1200, 1200])
})

test('a code uses the cheapest pieces that its discount fits into and leaves the others to the next code', () => {
  const any: ClaimTerms = { ...LATTE, products: ['latte', 'cake'] }
  const cake: ClaimTerms = { ...LATTE, products: ['cake'] }
  const lines = [line('latte', 1, 1200), line('cake', 1, 2000)]
  assert.deepEqual(productLimits([discountOf(any, 1200, 'A'), discountOf(cake, 2000, 'B')], lines), [1200, 2000])
})

test('a code that is on a line is used only on such lines', () => {
  const lines = [line('latte', 1, 1200), line('tv', 1, 1000, { code: 'A' })]
  assert.deepEqual(productLimits([discountOf(LATTE, 1000)], lines), [0])
})

test('modifiers count only if the reward includes them', () => {
  const lines = [line('latte', 1, 1500, { productPrice: 1200 })]
  assert.deepEqual(productLimits([discountOf(LATTE, 1500)], lines), [1200])
  assert.deepEqual(productLimits([discountOf({ ...LATTE, includes_modifiers: true }, 1500)], lines), [1500])
})

test('percentages, fixed amounts and their caps', () => {
  const lines = [line('latte', 2, 2410)]
  // Half of 12.05 is 6.025: a POS may round each piece up.
  assert.deepEqual(productLimits([discountOf({ ...LATTE, percent: 50, quantity: 2 }, 9999)], lines), [603 * 2])
  assert.deepEqual(productLimits([discountOf({ ...LATTE, percent: 50, max_discount_amount: 500 }, 9999)], lines), [500])
  const off: ClaimTerms = { kind: 'fixed_products', discount_amount: 2000, products: ['latte'], quantity: 1 }
  assert.deepEqual(productLimits([discountOf(off, 2000)], lines), [1205])
  assert.deepEqual(productLimits([discountOf({ ...off, discount_amount: 300 }, 2000)], lines), [300])
})

test('weighed goods count in thousandths', () => {
  const beans: ClaimTerms = { ...LATTE, products: ['beans'] }
  const lines = [line('beans', 0.7, 7000), line('beans', 0.6, 6000)]
  // One kilogram of 100.00 each.
  assert.deepEqual(productLimits([discountOf(beans, 99_999)], lines), [10_000])
})

/** Whole pieces, each with its price; few enough to try every combination. */
const arbitraryLine = fc.record({
  productId: fc.constantFrom('latte', 'cake'),
  pieces: fc.integer({ min: 1, max: 2 }),
  each: fc.integer({ min: 0, max: 30 }),
  options: fc.integer({ min: 0, max: 5 }),
  code: fc.constantFrom(undefined, undefined, 'A', 'B'),
})

const arbitraryDiscount = fc.record({
  kind: fc.constantFrom('percent_products' as const, 'fixed_products' as const),
  percent: fc.constantFrom(33, 50, 100),
  amount: fc.integer({ min: 1, max: 40 }),
  products: fc.constantFrom(['latte'], ['cake'], ['latte', 'cake']),
  quantity: fc.integer({ min: 1, max: 2 }),
  includes: fc.boolean(),
  discount: fc.integer({ min: 0, max: 60 }),
})

interface Piece {
  productId: string
  price: number
  options: number
  code: string | undefined
}

/**
 * The maximum discount of one code on these pieces, calculated by hand; -1 if it cannot use them.
 */
function naive({ terms, code }: RewardDiscount, pieces: readonly Piece[], isMarked: boolean): number {
  if (pieces.length > (terms.quantity ?? 1)) return -1
  if (pieces.some((piece) => !terms.products?.includes(piece.productId))) return -1
  if (isMarked && pieces.some((piece) => piece.code !== code)) return -1
  const prices = pieces.map(({ price, options }) => price + (terms.includes_modifiers ? options : 0))
  if (terms.kind === 'fixed_products')
    return Math.min(
      terms.discount_amount ?? 0,
      prices.reduce((a, b) => a + b, 0),
    )
  return prices.reduce((sum, price) => sum + Math.ceil((price * (terms.percent ?? 0)) / 100), 0)
}

/** Whether some assignment of the pieces to the codes allows every discount. */
function isPossible(discounts: readonly RewardDiscount[], pieces: readonly Piece[]): boolean {
  const marked = discounts.map(({ code }) => pieces.some((piece) => piece.code === code))
  const assign = (index: number, assigned: Piece[][]): boolean => {
    const piece = pieces[index]
    if (!piece) {
      return discounts.every(
        (one, n) => one.discount === 0 || one.discount <= naive(one, assigned[n] ?? [], marked[n] ?? false),
      )
    }
    return [-1, ...discounts.keys()].some((owner) =>
      assign(
        index + 1,
        assigned.map((own, n) => (n === owner ? [...own, piece] : own)),
      ),
    )
  }
  return assign(
    0,
    discounts.map(() => []),
  )
}

test('law: discounts within their limits can be covered by the pieces of the order, each piece used once', () => {
  const lines = fc.array(arbitraryLine, { minLength: 1, maxLength: 3 })
  const discounts = fc.array(arbitraryDiscount, { minLength: 1, maxLength: 3 })
  let passed = 0
  fc.assert(
    fc.property(lines, discounts, (goods, specs) => {
      const priced = goods.map(({ productId, pieces, each, options, code }) => {
        const line = {
          productId,
          quantity: pieces * 1000,
          price: pieces * (each + options),
          productPrice: pieces * each,
        }
        return code === undefined ? line : { ...line, code }
      })
      const pieces = goods.flatMap(({ productId, pieces: count, each, options, code }) =>
        Array.from({ length: count }, () => ({ productId, price: each, options, code })),
      )
      const given = specs.map(
        ({ kind, percent, amount, products, quantity, includes, discount }, n): RewardDiscount => {
          const off = kind === 'percent_products' ? { percent } : { discount_amount: amount }
          return {
            code: ['A', 'B', 'C'][n] ?? '',
            discount,
            terms: { kind, ...off, products: [...products], quantity, includes_modifiers: includes },
          }
        },
      )
      const limits = productLimits(given, priced)
      if (!given.every(({ discount }, n) => discount <= (limits[n] ?? 0))) return
      passed += 1
      assert(isPossible(given, pieces), 'the discounts exceed what the pieces allow')
    }),
    { numRuns: runs(1000, 100) },
  )
  assert(passed > 0, 'no case was within its limits, so nothing was tested')
})

test('law: the limit of a single code is exactly the maximum that the pieces allow', () => {
  const lines = fc.array(arbitraryLine, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(lines, arbitraryDiscount, (goods, { kind, percent, amount, products, quantity, includes }) => {
      const priced = goods.map(({ productId, pieces, each, options }) => {
        return line(productId, pieces, pieces * (each + options), { productPrice: pieces * each })
      })
      const pieces = goods.flatMap(({ productId, pieces: count, each, options }) =>
        Array.from({ length: count }, () => ({ productId, price: each, options, code: undefined })),
      )
      const off = kind === 'percent_products' ? { percent } : { discount_amount: amount }
      const terms: ClaimTerms = { kind, ...off, products: [...products], quantity, includes_modifiers: includes }
      const [limit = 0] = productLimits([discountOf(terms, 1_000_000)], priced)
      assert(limit === 0 || isPossible([discountOf(terms, limit)], pieces), 'the limit cannot be reached')
      assert(!isPossible([discountOf(terms, limit + 1)], pieces), 'more than the limit can be reached')
    }),
    { numRuns: runs(1000) },
  )
})
