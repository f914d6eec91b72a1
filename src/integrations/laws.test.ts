// The laws of reading, on arbitrary bodies: every JSON value has an outcome, and every order adds
// up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLaws, edit, outcomeOf, RIYADH } from '../../test/support/pos.ts'
import { runs } from '../../test/support/runs.ts'
import { must } from '../kernel/assert.ts'
import { foodicsBody } from './foodics/fixtures/body.ts'
import { integration as foodics } from './foodics/integration.ts'
import type { Integration } from './integration.ts'
import { standardBody } from './standard/fixtures/body.ts'
import { integration as standard } from './standard/integration.ts'
import { isCounted } from './toolkit/apportion.ts'

const RICH_FOODICS = foodicsBody({
  lines: [
    { price: 18, discount: 3, options: [{ price: 2 }] },
    { price: 8, status: 5 },
  ],
  combos: [{ quantity: 3, discount: 4, children: [{ price: 30 }, { price: 20, rewardCode: '24564955' }] }],
  discount: { amount: 10, type: 3, couponCode: 'SAMPLE' },
  charges: [{ name: 'Delivery', amount: 11.5 }],
  giftCard: 50,
  rounding: -0.02,
  tips: 5,
  returns: { id: 'order-1' },
})

const RICH_STANDARD = standardBody({
  lines: [{}, { status: 'Voided' }, { total: 9.99 }],
  discounts: [{ amount: 3, reason: 'Loyalty Redemption', code: '24564955' }],
  charges: [{ name: 'Delivery', amount: 11.5, kind: 'delivery' }],
  tips: 5,
  rounding: -0.02,
  giftCards: 50,
  order: { currency: 'SAR', refunds: [{ id: 'r1', amount: 5, lines: [{ line_id: '1', quantity: 1 }] }] },
})

/** Mistakes of senders, and input of attackers. */
const NASTY = fc.oneof(
  fc.constantFrom<unknown>(null, [], {}, '', ' ', 'NaN', '-1', -1, 0, 1, true, 1e308, 1e21, -1e-14, 0.005, 5e9, 1e10),
  fc.constantFrom<unknown>(
    '24.00',
    '0x10',
    '1e500',
    '٢٤',
    '2023-02-30',
    '2023-02-30 10:00:00',
    '0000-00-00 00:00:00',
    '24:00',
  ),
  fc.constantFrom<unknown>(
    '\u0000',
    'a\ud800b',
    '\udc00',
    'x'.repeat(5000),
    '9'.repeat(5000),
    [[[[]]]],
    [null, 1, 'x'],
  ),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"id":"x"},"constructor":{"id":"y"}}'),
    Array(1001).fill({}),
    '__proto__',
  ),
  fc.jsonValue(),
)

const CASES: [Integration, unknown][] = [
  [foodics, RICH_FOODICS],
  [standard, RICH_STANDARD],
]

/**
 * The pointers of total and rounding, and the price of the lines of the rich order before the
 * discount of the order, in minor units.
 */
const BILLS: Record<string, { total: string; rounding: string; prices: number }> = {
  // 18 − 3 + 2 for the line, 3 × 30 + 3 × 20 − 4 for the combo.
  foodics: { total: '/order/total_price', rounding: '/order/rounding_amount', prices: 17_00 + 146_00 },
  standard: { total: '/order/total', rounding: '/order/rounding', prices: 24_00 + 9_99 },
}

for (const [adapter, rich] of CASES) {
  test(`${adapter.name}: every JSON value has an outcome`, () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), NASTY), (body) => void assertOutcome(adapter, body)))
    const envelope = fc.record({ timestamp: NASTY, event: NASTY, business: NASTY, order: NASTY }, { requiredKeys: [] })
    fc.assert(fc.property(envelope, (body) => void assertOutcome(adapter, body)))
  })

  test(`${adapter.name}: a body with any value at any place has an outcome, and an order keeps the laws`, () => {
    const pointers = pointersIn(rich)
    const edits = fc.array(fc.tuple(fc.constantFrom(...pointers), fc.option(NASTY, { nil: undefined })), {
      minLength: 1,
      maxLength: 3,
    })
    let orders = 0
    const numRuns = runs(1000)
    fc.assert(
      fc.property(edits, (changes) => {
        let body = rich
        for (const [pointer, value] of changes) body = edit(body, pointer, value)
        if (assertOutcome(adapter, body) === 'order') orders++
      }),
      { numRuns },
    )
    // Most keys are optional, so the laws of orders were tested, and not only refusals.
    assert.ok(orders > numRuns / 10, `${orders} of ${numRuns} were orders`)
  })

  test(`A7: ${adapter.name}: with any total, the goods never exceed the lines`, () => {
    const { total, rounding, prices } = must(BILLS[adapter.name], adapter.name)
    const amount = fc.double({ min: -1000, max: 1000, noNaN: true })
    fc.assert(
      fc.property(amount, amount, (changedTotal, changedRounding) => {
        const body = edit(edit(rich, total, changedTotal), rounding, changedRounding)
        const outcome = outcomeOf(adapter, body)
        if (outcome.kind !== 'order') return
        const goods = outcome.order.lines.filter((line) => isCounted(outcome.order, line))
        const sum = goods.reduce((all, line) => all + line.total_incl_tax, 0)
        assert.ok(sum <= prices + goods.length, `${sum} of goods for lines of ${prices}`)
      }),
    )
  })

  test(`${adapter.name}: deep and wide bodies take no noticeable time`, () => {
    const deep = `{"order":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    assert.equal(adapter.read(JSON.parse(deep), RIYADH).kind, 'invalid')
    const wide = edit(rich, '/order/products', Array(1001).fill({ quantity: 1 }))
    assert.equal(assertOutcome(adapter, wide), 'invalid')
  })
}

/** Checks an outcome by the laws of its kind, and that reading again gives the same. */
function assertOutcome(adapter: Integration, body: unknown): string {
  const outcome = outcomeOf(adapter, body)
  assert.deepEqual(outcomeOf(adapter, body), outcome)
  if (outcome.kind === 'order') assertLaws(outcome.order)
  if (outcome.kind === 'invalid') {
    assert.ok(outcome.errors.length >= 1 && outcome.errors.length <= 20)
    for (const error of outcome.errors) {
      assert.match(error.pointer, /^(\/[a-z0-9_]+)*$/)
      assert.match(error.message, /Send/)
      assert.match(error.message_ar, /أرسل/)
    }
  } else {
    assert.equal(adapter.reference(JSON.parse(JSON.stringify(body)), {}), outcome.businessReference)
  }
  return outcome.kind
}

function pointersIn(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inside = Object.entries(value).flatMap(([key, part]) => pointersIn(part, `${at}/${key}`))
  return at === '' ? inside : [at, ...inside]
}
