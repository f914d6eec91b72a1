// The standard format: variants of bodies, and the resulting canonical order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edit, orderOf, outcomeOf, pointersOf, RIYADH } from '../../../../test/support/pos.ts'
import { type StandardSpec, standardBody } from '../fixtures/body.ts'
import { integration as standard } from '../integration.ts'

const BODY = standardBody()

const parse = (spec: StandardSpec = {}) => orderOf(standard, standardBody(spec))

test('two lattes at 12.00 are paid in cash: the whole canonical order', () => {
  assert.deepEqual(parse(), {
    pos_order_id: '4156d6c4-8316-8a3b-a78b-1c0a4abddd62',
    reference: '382546',
    kind: 'sale',
    status: 'paid',
    version: { updated_at: Date.UTC(2023, 0, 1, 15, 7, 5), timestamp: Date.UTC(2023, 0, 1, 15, 7, 5), rank: 1 },
    occurred_at: Date.UTC(2023, 0, 1, 15, 6, 16),
    business_date: '2023-01-01',
    opened_at: Date.UTC(2023, 0, 1, 14, 53, 57),
    closed_at: Date.UTC(2023, 0, 1, 15, 6, 16),
    branch: { id: 'branch-1', name: 'Sample Branch' },
    customer: { pos_id: 'customer-1', phone: '+966500000001', name: 'Sample Customer 1', blacklisted: false },
    lines: [
      {
        id: '1',
        product_id: 'latte',
        category_id: 'hot-drinks',
        name: 'Sample Latte',
        quantity: 2000,
        status: 'paid',
        total_incl_tax: 2400,
        // The subtotal of 20.87 is 24.00 without 15 % tax.
        total_excl_tax: 2087,
        discount: 0,
        options: [],
      },
    ],
    discounts: [],
    charges_incl_tax: 0,
    tips: 0,
    rounding: 0,
    gift_cards_sold: 0,
    subtotal_excl_tax: 2087,
    total_incl_tax: 2400,
    payments: [{ method: 'Cash', kind: 'cash', amount: 2400 }],
    refunds: [],
    reward_codes: [],
  })
})

test('states are words in any case', () => {
  const told = (status: string) => orderOf(standard, edit(BODY, '/order/status', status)).status
  assert.deepEqual(['INITIATED', 'paid', ' Void ', 'voided', 'Refunded'].map(told), [
    'initiated',
    'paid',
    'void',
    'void',
    'refunded',
  ])
  assert.equal(outcomeOf(standard, standardBody({ status: 'Draft' })).kind, 'ignored')
})

test('A14: names of events, states and reasons are compared without case, accents and forms of letters', () => {
  assert.equal(outcomeOf(standard, standardBody({ event: 'Ｏｒｄｅｒ.Updatéd' })).kind, 'order')
  assert.equal(outcomeOf(standard, standardBody({ event: ' ORDER.DELETED ' })).kind, 'order')
  assert.equal(parse({ status: 'Ｐａｉｄ' }).status, 'paid')
  assert.equal(parse({ lines: [{ status: 'VÖIDED' }] }).lines[0]?.status, 'voided')
  const redeemed = parse({ discounts: [{ amount: 1, reason: 'Loyalty\u200f Rédemption', code: '24564955' }] })
  assert.deepEqual(redeemed.reward_codes, ['24564955'])
  const paid = edit(BODY, '/order/payments/0', { method: 'مكافاة الراجحي', amount: 24 })
  assert.equal(orderOf(standard, paid).payments[0]?.kind, 'loyalty')
})

test('V9: a voided line keeps its price and does not count', () => {
  const order = parse({
    lines: [
      { price: 12, quantity: 1 },
      { price: 8, quantity: 1, status: 'VOIDED' },
    ],
    total: 12,
  })
  assert.deepEqual(
    order.lines.map((line) => `${line.status} ${line.total_incl_tax}`),
    ['paid 1200', 'voided 800'],
  )
})

test('V6: discounts of the order are spread over its lines, and a redeemed reward has its code', () => {
  const order = parse({
    lines: [
      { price: 60, quantity: 1 },
      { price: 20, quantity: 2 },
    ],
    discounts: [
      { amount: 4, reason: 'coupon', code: 'WELCOME' },
      { amount: 6, reason: 'Loyalty Redemption', code: '24564955' },
      { amount: 0, reason: 'Other' },
    ],
  })
  assert.equal(order.total_incl_tax, 9000)
  assert.deepEqual(
    order.lines.map((line) => line.total_incl_tax),
    [5400, 3600],
  )
  assert.deepEqual(order.discounts, [
    { amount: 400, reason: 'coupon', code: 'WELCOME' },
    { amount: 600, reason: 'loyalty_redemption', code: '24564955' },
  ])
  assert.deepEqual(order.reward_codes, ['24564955'])
  // The subtotal of 86.96 is to 100.00 as what is left without tax is to 90.00.
  assert.equal(
    order.lines.reduce((sum, line) => sum + line.total_excl_tax, 0),
    7826,
  )
})

test('where lines and total differ, the total is authoritative; without a subtotal no tax is known', () => {
  const order = orderOf(standard, edit(standardBody({ lines: [{}, {}], total: 40 }), '/order/subtotal', undefined))
  assert.deepEqual(
    order.lines.map((line) => [line.total_incl_tax, line.total_excl_tax]),
    [
      [2000, 2000],
      [2000, 2000],
    ],
  )
  assert.equal(order.subtotal_excl_tax, 4800)
})

/** Minor units of each part of the order, and of its goods. */
function partsOf(order: ReturnType<typeof parse>) {
  const goods = order.lines.reduce((sum, line) => sum + line.total_incl_tax, 0)
  const { charges_incl_tax: charges, tips, rounding, gift_cards_sold: giftCards, total_incl_tax: total } = order
  return { goods, charges, tips, rounding, giftCards, total }
}

const LINE = { price: 20, quantity: 1 }
const NONE = { goods: 2000, charges: 0, tips: 0, rounding: 0, giftCards: 0, total: 2000 }

test('A7: charges, tips, rounding and gift cards sold are not goods', () => {
  const delivery = { charges: [{ name: 'Delivery', amount: 10, kind: 'delivery' as const }, { amount: 5 }] }
  assert.deepEqual(partsOf(parse({ lines: [LINE], ...delivery })), { ...NONE, charges: 1500, total: 3500 })
  assert.deepEqual(partsOf(parse({ lines: [LINE], rounding: -0.03 })), { ...NONE, rounding: -3, total: 1997 })
  assert.deepEqual(partsOf(parse({ lines: [LINE], giftCards: 100 })), { ...NONE, giftCards: 10_000, total: 12_000 })
  const all = parse({ lines: [LINE], ...delivery, tips: 4, rounding: 0.05, giftCards: 50 })
  assert.deepEqual(partsOf(all), { ...NONE, charges: 1500, tips: 400, rounding: 5, giftCards: 5000, total: 8505 })
})

test('A7: tips are not part of the total, also where the POS includes them', () => {
  assert.deepEqual(partsOf(parse({ lines: [LINE], tips: 5 })), { ...NONE, tips: 500 })
  assert.deepEqual(partsOf(parse({ lines: [LINE], tips: 5, total: 25 })), { ...NONE, tips: 500 })
  const charged = parse({ lines: [LINE], tips: 5, charges: [{ amount: 15 }], total: 40 })
  assert.deepEqual(partsOf(charged), { ...NONE, tips: 500, charges: 1500, total: 3500 })
})

test('A7: the part of the total above the lines is a charge that the POS does not name', () => {
  assert.deepEqual(partsOf(parse({ lines: [LINE], total: 35 })), { ...NONE, charges: 1500, total: 3500 })
  const discounted = parse({ lines: [LINE], discounts: [{ amount: 5, reason: 'Coupon' }], total: 30 })
  assert.deepEqual(partsOf(discounted), { ...NONE, goods: 1500, charges: 1500, total: 3000 })
  const partlyNamed = parse({ lines: [LINE], charges: [{ amount: 10 }], total: 35 })
  assert.deepEqual(partsOf(partlyNamed), { ...NONE, charges: 1500, total: 3500 })
  // A negative rounding makes no goods either.
  assert.equal(partsOf(parse({ lines: [LINE], rounding: -50, total: 20 })).goods, 2000)
})

test('A7: a minor unit of rounding in a line is goods, and so is a total of lines that include the discount', () => {
  // 7 pieces for 10.00 are 1.43 each or 10.01; 3 pieces are 3.33 each or 9.99.
  const thirds = parse({ lines: [{ price: 3.33, quantity: 3 }], total: 10 })
  assert.deepEqual(partsOf(thirds), { ...NONE, goods: 1000, total: 1000 })
  const twice = parse({ lines: [{ price: 90, quantity: 1 }], discounts: [{ amount: 10, reason: 'Coupon' }], total: 90 })
  assert.deepEqual(partsOf(twice), { ...NONE, goods: 9000, total: 9000 })
})

test('A7: a subtotal of lines and charges shows the same share of tax as one of the lines alone', () => {
  const told = (subtotal: number) => {
    const body = edit(standardBody({ lines: [LINE], charges: [{ amount: 15 }] }), '/order/subtotal', subtotal)
    return orderOf(standard, body).lines[0]?.total_excl_tax
  }
  assert.equal(told(17.39), 1739, '20.00 without 15 % tax')
  assert.equal(told(30.43), 1739, '35.00 without 15 % tax')
  assert.equal(told(35), 2000, 'no tax is known')
})

test('A7: the amounts beside the lines are required to be valid', () => {
  const wrong: [string, unknown, string][] = [
    ['/order/charges', 15, '/order/charges'],
    ['/order/charges', [15], '/order/charges/0'],
    ['/order/charges', [{ amount: -1 }], '/order/charges/0/amount'],
    ['/order/charges', [{ name: 'Delivery' }], '/order/charges/0/amount'],
    ['/order/tips', 'five', '/order/tips'],
    ['/order/rounding', {}, '/order/rounding'],
    ['/order/gift_cards_sold', -1, '/order/gift_cards_sold'],
  ]
  for (const [pointer, value, reported] of wrong) {
    assert.deepEqual(pointersOf(standard, edit(BODY, pointer, value)), [reported])
  }
})

test('a subtotal above the lines with tax indicates no tax', () => {
  const order = orderOf(standard, edit(BODY, '/order/subtotal', 24.01))
  assert.equal(order.lines[0]?.total_excl_tax, 2400)
})

test('the total of a line overrides its price per piece', () => {
  const order = parse({ lines: [{ price: 12, quantity: 2, total: 20 }] })
  assert.equal(order.lines[0]?.total_incl_tax, 2000)
})

test('a refunded order that names its sale is a return; without it, the sale itself is given back', () => {
  const back = parse({ status: 'Refunded', order: { original_order_id: 'sale-1' } })
  assert.deepEqual([back.kind, back.status, back.original_pos_order_id], ['return', 'refunded', 'sale-1'])
  assert.deepEqual(
    back.lines.map((line) => line.status),
    ['refunded'],
  )
  const whole = parse({ status: 'Refunded' })
  assert.deepEqual([whole.kind, whole.status], ['sale', 'refunded'])
  assert.equal(parse({ status: 'Paid', order: { original_order_id: 'sale-1' } }).kind, 'sale')
})

test('a sale can contain refunds, by lines or by amount', () => {
  const order = parse({
    order: {
      refunds: [
        { id: 'r1', amount: 12, at: '2023-01-02 10:00:00', lines: [{ line_id: '1', quantity: 1 }] },
        { id: 2, amount: '3.50' },
        { id: 'r3', amount: 1, lines: [{ line_id: 'unknown', quantity: 1 }] },
      ],
    },
  })
  const updated = Date.UTC(2023, 0, 1, 15, 7, 5)
  assert.deepEqual(order.refunds, [
    // 10:00 in Riyadh.
    {
      id: 'r1',
      amount_incl_tax: 1200,
      occurred_at: Date.UTC(2023, 0, 2, 7),
      lines: [{ line_id: '1', quantity: 1000 }],
    },
    { id: '2', amount_incl_tax: 350, occurred_at: updated },
    { id: 'r3', amount_incl_tax: 100, occurred_at: updated },
  ])
})

test('a return has no refunds of its own', () => {
  const refunds = [{ id: 'r1', amount: 12 }]
  assert.deepEqual(parse({ status: 'Refunded', order: { original_order_id: 'sale-1', refunds } }).refunds, [])
})

test('times without a zone are local; without times, the event determines time and day', () => {
  const local = parse({ order: { closed_at: '2023-01-01 18:06:16' } })
  assert.equal(local.occurred_at, Date.UTC(2023, 0, 1, 15, 6, 16))
  const none = { updated_at: null, opened_at: null, closed_at: null, business_date: null }
  // 21:30 UTC on the 1st is half past midnight on the 2nd in Riyadh.
  const late = parse({ timestamp: '2023-01-01T21:30:00Z', order: none })
  assert.deepEqual([late.occurred_at, late.business_date], [Date.UTC(2023, 0, 1, 21, 30), '2023-01-02'])
  assert.equal(late.version.updated_at, late.occurred_at)
})

test('the order may name its currency; its digits are those of that currency', () => {
  const dinars = parse({ lines: [{ price: 1.255, quantity: 1 }], total: 1.255, order: { currency: 'kwd' } })
  assert.deepEqual([dinars.currency, dinars.total_incl_tax], ['KWD', 1255])
  const kuwait = { ...RIYADH, currency: 'KWD' }
  assert.equal(orderOf(standard, standardBody({ total: 1.255 }), kuwait).total_incl_tax, 1255)
})

test('a payment has the stated kind, else the one of its name', () => {
  const payments = [
    { method: 'Store', kind: 'Gift Card', amount: 10 },
    { method: 'Mada', amount: 14 },
  ]
  assert.deepEqual(parse({ order: { payments } }).payments, [
    { method: 'Store', kind: 'gift_card', amount: 1000 },
    { method: 'Mada', kind: 'card', amount: 1400 },
  ])
})

test('A16: an order with an unknown status is ignored and can be replayed later', () => {
  for (const pointer of ['/order/status', '/order/products/0/status']) {
    for (const word of ['Done', 'Partially paid', 'مدفوع']) {
      const outcome = outcomeOf(standard, edit(standardBody(), pointer, word))
      assert.equal(outcome.kind === 'ignored' && outcome.reason, 'unknown_status', `${pointer} ${word}`)
    }
  }
  const deleted = edit(standardBody({ event: 'order.deleted' }), '/order/status', 'Done')
  assert.equal(orderOf(standard, deleted).status, 'void')
})

test('A5: the version of an order is a whole number, also as text; an order may have none', () => {
  assert.equal(parse({ order: { version: 7 } }).version.number, 7)
  assert.equal(parse({ order: { version: '12' } }).version.number, 12)
  assert.equal(parse({ order: { version: 0 } }).version.number, 0)
  assert.equal('number' in parse({ order: { version: null } }).version, false)
})

const UNUSABLE: Record<string, unknown[]> = {
  '/business/reference': [undefined, {}],
  '/timestamp': [undefined, 'soon'],
  '/order': [undefined, []],
  '/order/id': [undefined, {}],
  '/order/original_order_id': [{}],
  '/order/status': [undefined, '', '!', 4],
  '/order/version': [-1, 1.5, 'new', true, 2 ** 60],
  '/order/currency': ['riyal', 5, {}],
  '/order/branch/id': [undefined],
  '/order/products': [undefined, {}],
  '/order/products/0': [null],
  '/order/products/0/product_id': [undefined, {}],
  '/order/products/0/price': [undefined, -1, 'NaN', 9_999_999_999],
  '/order/products/0/total': ['NaN', -1],
  '/order/products/0/quantity': [undefined, -1],
  '/order/products/0/status': [4, '!'],
  '/order/total': [undefined, -1, 'NaN'],
  '/order/subtotal': [-1],
  '/order/discounts': ['none'],
  '/order/closed_at': ['2023-02-30 10:00:00'],
  '/order/business_date': ['2023-02-30'],
  '/order/payments/0/amount': ['NaN'],
}

for (const [pointer, values] of Object.entries(UNUSABLE)) {
  test(`an order is refused for an invalid ${pointer}, with its pointer`, () => {
    const body = standardBody({ status: 'Refunded' })
    for (const value of values) {
      assert.deepEqual(pointersOf(standard, edit(body, pointer, value)), [pointer], JSON.stringify(value))
    }
  })
}

test('a refund must have an id and an amount', () => {
  assert.deepEqual(pointersOf(standard, standardBody({ order: { refunds: [{}] } })), [
    '/order/refunds/0/id',
    '/order/refunds/0/amount',
  ])
})

test('a refund ID counts once; the same ID with another amount or other lines is refused, with its pointer', () => {
  const refunds = (list: object[]) => standardBody({ order: { refunds: list } })
  const lines = [{ line_id: '1', quantity: 1 }]
  const twice = orderOf(
    standard,
    refunds([
      { id: 'r1', amount: 12 },
      { id: 'r2', amount: 1 },
      { id: 'r1', amount: '12.00', lines },
    ]),
  )
  assert.deepEqual(
    twice.refunds.map(({ id, amount_incl_tax, lines: of }) => [id, amount_incl_tax, of?.length]),
    [
      ['r1', 1200, 1],
      ['r2', 100, undefined],
    ],
  )
  assert.deepEqual(
    pointersOf(
      standard,
      refunds([
        { id: 'r1', amount: 12 },
        { id: 'r1', amount: 3 },
      ]),
    ),
    ['/order/refunds/1/amount'],
  )
  const others = [
    { id: 'r1', amount: 12, lines },
    { id: 'r1', amount: 12, lines: [{ line_id: '1', quantity: 2 }] },
  ]
  assert.deepEqual(pointersOf(standard, refunds(others)), ['/order/refunds/1/lines'])
})

test('created_by and closed_by name the staff of an order, each with an ID, a name, or both', () => {
  const staff = (order: Record<string, unknown>) => {
    const { created_by, closed_by } = orderOf(standard, standardBody({ order }))
    return [created_by, closed_by]
  }
  assert.deepEqual(staff({}), [undefined, undefined])
  assert.deepEqual(staff({ created_by: { id: 12, name: ' Sample Cashier ' }, closed_by: { name: 'مدير تجريبي' } }), [
    { id: '12', name: 'Sample Cashier' },
    { name: 'مدير تجريبي' },
  ])
  for (const value of [null, [], {}, 'Sample', 7]) {
    assert.deepEqual(staff({ created_by: value, closed_by: value }), [undefined, undefined])
  }
})
