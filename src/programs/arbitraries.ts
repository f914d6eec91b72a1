// Generates programs, baskets and what is left of them after returns, for the laws.
import fc from 'fast-check'
import type { Definition, DefinitionInput, Earn, Rule, When } from '../../contract/program.ts'
import type { Basket, BasketLine } from './basket.ts'
import { definitionOf } from './fixtures.ts'

const PRODUCTS = ['latte', 'mocha', 'cake', 'SKU-1']
const CATEGORIES = ['hot', 'cold', 'food']
const PAYMENTS = ['cash', 'card', 'gift_card', 'loyalty'] as const

const filter = <T>(ids: readonly T[]): fc.Arbitrary<{ include: T[] } | { exclude: T[] }> =>
  fc.tuple(fc.constantFrom(...ids), fc.boolean()).map(([id, isIn]) => (isIn ? { include: [id] } : { exclude: [id] }))

const when: fc.Arbitrary<When> = fc.record(
  {
    order_types: fc.constant(['dine_in' as const]),
    weekdays: fc.constantFrom(['fri' as const], ['sat' as const, 'sun' as const]),
    hours: fc.constantFrom([{ from: '08:00', to: '11:00' }], [{ from: '22:00', to: '02:00' }]),
    dates: fc.constantFrom({ from: '2023-01-02' }, { to: '2023-06-30' }),
    minimum_amount: fc.integer({ min: 1, max: 20_000 }),
    products: filter(PRODUCTS),
    categories: filter(CATEGORIES),
    first_order: fc.constant(true as const),
    birthday: fc.constant({ days_before: 3, days_after: 3 }),
    payments: filter(PAYMENTS),
  },
  { requiredKeys: [] },
)

const units = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 1_000_000 }))

const gives: fc.Arbitrary<Earn> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('per_amount' as const),
      units,
      per: fc.integer({ min: 1, max: 10_000 }),
      step: fc.constantFrom('proportional' as const, 'order' as const, 'line' as const),
    },
    { requiredKeys: ['kind', 'units', 'per'] },
  ),
  fc.record({ kind: fc.constant('per_item' as const), units }),
  fc.record({ kind: fc.constant('per_order' as const), units }),
  fc.record({ kind: fc.constant('percent' as const), basis_points: fc.integer({ min: 1, max: 10_000 }) }),
)

/** `one` keeps the factor from falling below 1. */
const multiplies = (least: 'any' | 'one'): fc.Arbitrary<Earn> =>
  fc
    .record({ numerator: fc.integer({ min: 1, max: 9 }), denominator: fc.integer({ min: 1, max: 9 }) })
    .map(({ numerator, denominator }) => ({
      kind: 'multiplier',
      numerator: least === 'one' ? Math.max(numerator, denominator) : numerator,
      denominator,
    }))

const rulesOf = (earn: fc.Arbitrary<Earn>): fc.Arbitrary<Rule[]> =>
  fc
    .tuple(
      gives,
      fc.array(fc.record({ when: fc.option(when, { nil: undefined }), earn }), { maxLength: 5 }),
      fc.option(when, { nil: undefined }),
    )
    .map(([first, others, firstWhen]) =>
      [{ when: firstWhen, earn: first }, ...others].map((rule, index) => ({
        id: `rule-${index}`,
        ...(rule.when && { when: rule.when }),
        earn: rule.earn,
      })),
    )

/** Cashback, because it takes every kind of rule. */
export function programs(only: Partial<Extract<DefinitionInput, { type: 'cashback' }>> = {}): fc.Arbitrary<Definition> {
  return fc
    .record({
      rules: rulesOf(fc.oneof(gives, multiplies('any'))),
      combine: fc.constantFrom('sum' as const, 'best' as const, 'first' as const),
      base: fc.record({ tax: fc.constantFrom('included' as const, 'excluded' as const) }),
      rounding: fc.constantFrom('floor' as const, 'carry' as const),
    })
    .map((options) => definitionOf({ type: 'cashback', ...options, ...only }))
}

/**
 * Programs in which giving goods back can never earn more: no caps, no factor below 1, and not `first`, under which a rule that
 * no longer holds makes way for a later one that may give more.
 */
export const monotonePrograms: fc.Arbitrary<Definition> = fc
  .record({
    rules: rulesOf(fc.oneof(gives, multiplies('one'))),
    combine: fc.constantFrom('sum' as const, 'best' as const),
    base: fc.record({ tax: fc.constantFrom('included' as const, 'excluded' as const) }),
  })
  .map((options) => definitionOf({ type: 'cashback', ...options }))

const linesUpTo = (most: number): fc.Arbitrary<BasketLine> =>
  fc
    .record({
      productId: fc.constantFrom(...PRODUCTS.slice(0, 3)),
      sku: fc.constantFrom('SKU-1', 'SKU-2'),
      categoryId: fc.constantFrom(...CATEGORIES),
      quantity: fc.oneof(
        fc.integer({ min: 1, max: 9 }).map((pieces) => pieces * 1000),
        fc.integer({ min: 1, max: 9999 }),
      ),
      inclTax: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: most })),
    })
    .map((line) => ({ ...line, pieces: line.quantity, name: 'Sample', exclTax: Math.floor((line.inclTax * 20) / 23) }))

/** Amounts of a line go up to `most`; by default to the largest that an order may carry. */
export const basketsUpTo = (most = 10 ** 13): fc.Arbitrary<Basket> =>
  fc.record({
    paidAt: fc.constant(Date.parse('2023-01-01T15:06:16Z')),
    businessDate: fc.constantFrom('2022-12-31', '2023-01-01', '2023-01-02', '2024-02-29'),
    local: fc.record({ weekday: fc.constantFrom(1, 2, 3, 4, 5, 6, 7), minute: fc.integer({ min: 0, max: 1439 }) }),
    branchId: fc.constant(null),
    orderType: fc.constantFrom('dine_in' as const, 'delivery' as const),
    channel: fc.constant('cashier' as const),
    currency: fc.constant('SAR'),
    lines: fc.array(linesUpTo(most), { maxLength: 6 }),
    paymentKinds: fc.uniqueArray(fc.constantFrom(...PAYMENTS), { minLength: 1, maxLength: 2 }),
    firstOrder: fc.boolean(),
    birthDate: fc.constantFrom(null, '1990-01-01', '2000-02-29'),
  })

/** A basket and what is kept of it after some goods came back. */
export const returns: fc.Arbitrary<{ sold: Basket; kept: Basket }> = basketsUpTo().chain((sold) =>
  fc.tuple(...sold.lines.map(() => fc.integer({ min: 0, max: 100 }))).map((shares) => ({
    sold,
    kept: {
      ...sold,
      lines: sold.lines.flatMap((line, index) => {
        const part = (whole: number) => Math.floor((whole / 100) * (shares[index] ?? 0))
        const kept = {
          ...line,
          quantity: part(line.quantity),
          pieces: part(line.pieces),
          inclTax: part(line.inclTax),
          exclTax: part(line.exclTax),
        }
        return kept.quantity > 0 ? [kept] : []
      }),
    },
  })),
)
