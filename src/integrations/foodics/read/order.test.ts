// Variants of Foodics bodies that are accepted, and those that are refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edit, orderOf, outcomeOf, pointersOf, RIYADH } from '../../../../test/support/pos.ts'
import { foodicsBody } from '../fixtures/body.ts'
import { integration as foodics } from '../integration.ts'

const BODY = foodicsBody()

/** The sample body with these values at their pointers. */
const bodyWith = (edits: Record<string, unknown>, body: unknown = BODY) =>
  Object.entries(edits).reduce((copy: unknown, [pointer, value]) => edit(copy, pointer, value), body)

const take = (edits: Record<string, unknown>, body: unknown = BODY) => orderOf(foodics, bodyWith(edits, body))

test('the types of PHP are accepted: numbers as text, empty objects as lists, flags as numbers', () => {
  const order = take({
    '/timestamp': '1672585625',
    '/order/reference': '00292',
    '/order/status': '4',
    '/order/type': '3',
    '/order/total_price': '24.00',
    '/order/meta': [],
    '/order/discount': [],
    '/order/products/0/meta': [],
    '/order/products/0/quantity': '1',
    '/order/products/0/total_price': ' 24 ',
    '/order/products/0/id': 981,
    '/order/products/0/product/id': 7,
    '/order/customer/is_blacklisted': 1,
  })
  assert.deepEqual([order.reference, order.order_type, order.total_incl_tax], ['00292', 'delivery', 2400])
  assert.deepEqual([order.lines[0]?.id, order.lines[0]?.product_id], ['981', '7'])
  assert.equal(order.customer?.blacklisted, true)
})

test('keys that are unknown, null or missing change nothing', () => {
  const plain = orderOf(foodics, BODY)
  const more = { '/order/revenue_center': { id: 1 }, '/order/tax_reporting_transaction': null, '/order/tags': null }
  const fewer = {
    '/order/coupon': undefined,
    '/order/combos': undefined,
    '/order/charges': null,
    '/order/table': undefined,
  }
  assert.deepEqual(take({ ...more, ...fewer }), plain)
  const hostile = JSON.parse('{"__proto__":{"status":7,"id":"x"},"constructor":{"prototype":{"status":7}}}')
  assert.deepEqual(take({ '/order/meta': hostile, '/order/discount': hostile }), plain)
})

test('C36: errors of float arithmetic are 0', () => {
  const order = take({ '/order/discount_amount': -1e-14, '/order/products/0/discount_amount': -0.00001 })
  assert.deepEqual(order.discounts, [])
  assert.equal(order.lines[0]?.discount, 0)
})

test('names are cleaned: complete characters, one line, at most 200', () => {
  const order = take({
    '/order/products/0/product/name': ` A\u0000B\n${'x'.repeat(300)}`,
    '/order/products/0/product/name_localized': 'قهوة عربية \ud83d',
    '/order/branch/name': `${'y'.repeat(199)}😀`,
    '/order/customer/name': 'عميل تجريبي ١',
  })
  assert.equal(order.lines[0]?.name, `A B ${'x'.repeat(196)}`)
  assert.equal(order.lines[0]?.name_ar, 'قهوة عربية \ufffd')
  // The 200th place is half of the last character, which goes whole.
  assert.equal(order.branch.name, 'y'.repeat(199))
  assert.equal(order.customer?.name, 'عميل تجريبي ١')
})

test('C32: an order without a customer is an order', () => {
  const order = orderOf(foodics, foodicsBody({ customer: null }))
  assert.equal('customer' in order || 'customer_problem' in order, false)
})

test('a customer without a usable phone is left out, and the order says why', () => {
  assert.equal(take({ '/order/customer/phone': null }).customer_problem, 'no_phone')
  assert.equal(take({ '/order/customer/phone': '' }).customer_problem, 'no_phone')
  assert.equal(take({ '/order/customer/phone': '000000000' }).customer_problem, 'bad_phone')
  assert.equal(take({ '/order/customer/dial_code': 999 }).customer_problem, 'bad_phone')
  assert.equal('customer' in take({ '/order/customer/phone': null }), false)
})

test('A13: a phone without a dial code belongs to the country of the business; without a country it is unusable', () => {
  const read = (country: string | null, changes: Record<string, unknown>) => {
    let body: unknown = foodicsBody()
    for (const [pointer, value] of Object.entries(changes)) body = edit(body, pointer, value)
    const order = orderOf(foodics, body, { ...RIYADH, country })
    return order.customer?.phone ?? order.customer_problem
  }
  const algerian = { '/order/customer/dial_code': null, '/order/customer/phone': '0550123456' }
  assert.equal(read('DZ', algerian), '+213550123456')
  assert.equal(read(null, algerian), 'bad_phone')
  assert.equal(
    read('PS', { '/order/customer/dial_code': undefined, '/order/customer/phone': '0599123456' }),
    '+970599123456',
  )
  assert.equal(read('DZ', { '/order/customer/dial_code': 966, '/order/customer/phone': '500000001' }), '+966500000001')
})

test('other invalid values of a customer are left out, and the customer stays', () => {
  const { customer } = take({
    '/order/customer/email': '[email protected]',
    '/order/customer/birth_date': '1990-02-30',
    '/order/customer/gender': 9,
    '/order/customer/name': 5,
  })
  assert.deepEqual(Object.keys(customer ?? {}), ['pos_id', 'phone', 'name', 'blacklisted'])
  const whole = take({ '/order/customer/email': 'sample@example.com', '/order/customer/birth_date': '1990-02-28' })
  assert.deepEqual([whole.customer?.email, whole.customer?.birth_date], ['sample@example.com', '1990-02-28'])
})

test('V11: the business date is the one that the POS states, else the day of the branch, which ends after midnight', () => {
  // 23:30 UTC is 02:30 in Riyadh, and the branch's day ends at 05:00.
  const late = { '/order/closed_at': '2023-01-01 23:30:00' }
  assert.equal(take(late).business_date, '2023-01-01')
  assert.equal(take({ ...late, '/order/business_date': null }).business_date, '2023-01-01')
  const noEnd = { ...late, '/order/business_date': null, '/order/branch/inventory_end_of_day_time': null }
  assert.equal(take(noEnd).business_date, '2023-01-02')
})

test('lines without an ID get their position as ID, and all IDs are unique', () => {
  const twice = foodicsBody({
    lines: [
      { id: 'a', price: 1 },
      { id: 'a', price: 2 },
      { id: '', price: 3 },
    ],
  })
  assert.deepEqual(
    orderOf(foodics, twice).lines.map((line) => line.id),
    ['a', 'a#2', '#3'],
  )
})

test('a line without a status has that of its order', () => {
  assert.equal(take({ '/order/products/0/status': null }).lines[0]?.status, 'paid')
  assert.equal(take({ '/order/products/0/status': null, '/order/status': 2 }).lines[0]?.status, 'added')
})

test('where lines and total differ a lot, the total is authoritative', () => {
  const body = foodicsBody({ lines: [{ price: 30 }, { price: 10 }] })
  const order = take({ '/order/total_price': 20 }, body)
  assert.deepEqual(
    order.lines.map((line) => line.total_incl_tax),
    [1500, 500],
  )
})

test('a combo discount that its products already include is not applied twice', () => {
  const body = foodicsBody({
    combos: [
      {
        children: [
          { price: 30, discount: 6 },
          { price: 20, discount: 4 },
        ],
      },
    ],
    lines: [{ price: 40 }],
  })
  const order = take({ '/order/combos/0/discount_amount': 10 }, body)
  assert.deepEqual(
    order.lines.map((line) => line.total_incl_tax),
    [4000, 2400, 1600],
  )
})

test('goods without tax are derived from the lines where the POS does not state them', () => {
  const order = take({ '/order/subtotal_price': null, '/order/products/0/tax_exclusive_total_price': null })
  // 24.00 less the option's tax of 3.13043.
  assert.deepEqual([order.subtotal_excl_tax, order.lines[0]?.total_excl_tax], [2087, 2087])
})

test('a discount without an amount before tax reduces tax by the share of the lines', () => {
  const body = foodicsBody({ lines: [{ price: 100 }], discount: { amount: 10 } })
  const order = take({ '/order/tax_exclusive_discount_amount': null }, body)
  // 90.00 / 1.15
  assert.equal(order.lines[0]?.total_excl_tax, 7826)
})

test('events that are not about an order are ignored, with or without one', () => {
  for (const event of ['menu.updated', 'order.delivery.updated', 'customer.created', 'order.cancelled']) {
    const outcome = outcomeOf(foodics, bodyWith({ '/event': event, '/order': undefined }))
    assert.deepEqual(outcome, {
      kind: 'ignored',
      businessReference: '440810',
      event,
      timestamp: Date.UTC(2023, 0, 1, 15, 7, 5),
      reason: 'unknown_event',
    })
  }
  // An event that means nothing here may even be without its time.
  const timeless = outcomeOf(foodics, bodyWith({ '/event': 'menu.updated', '/timestamp': undefined }))
  assert.equal(timeless.kind === 'ignored' && timeless.timestamp, 0)
  for (const event of ['order.created', 'order.updated', 'customer.order.updated', 'Order.Updated']) {
    assert.equal(outcomeOf(foodics, bodyWith({ '/event': event })).kind, 'order')
  }
})

test('A16: an order with an unknown status, type or source is ignored and can be replayed later', () => {
  const unknown: Record<string, unknown[]> = {
    '/order/status': [9, '9', 42],
    '/order/type': [5, '17'],
    '/order/source': [4, 12],
    '/order/products/0/status': [8, '8'],
  }
  for (const [pointer, values] of Object.entries(unknown)) {
    for (const value of values) {
      const outcome = outcomeOf(foodics, bodyWith({ [pointer]: value }))
      assert.ok(outcome.kind === 'ignored', `${pointer} ${String(value)}: ${outcome.kind}`)
      assert.deepEqual([outcome.reason, outcome.posOrderId], ['unknown_status', BODY.order.id])
    }
  }
  // No type and no source say nothing; what is no order for another reason is refused as before.
  assert.equal(outcomeOf(foodics, bodyWith({ '/order/type': null, '/order/source': undefined })).kind, 'order')
  assert.deepEqual(pointersOf(foodics, bodyWith({ '/order/type': 5, '/order/id': null })), ['/order/id'])
  assert.deepEqual(pointersOf(foodics, bodyWith({ '/order/status': 9, '/timestamp': 'x' })), ['/timestamp'])
  // What was deleted is void, whatever its status means.
  assert.equal(take({ '/event': 'order.deleted', '/order/status': 9 }).status, 'void')
})

test('A5: of two events in one second, the creation is the older one', () => {
  assert.equal(take({ '/event': 'customer.order.created' }).version.created, true)
  assert.equal(take({ '/event': 'Order.Created' }).version.created, true)
  assert.equal(take({ '/event': 'customer.order.updated' }).version.created, undefined)
})

test('the reference of the business is text, also when it is sent as a number', () => {
  assert.equal(foodics.reference(BODY, {}), '440810')
  assert.equal(foodics.reference(bodyWith({ '/business/reference': ' 440810 ' }), {}), '440810')
  assert.equal(foodics.reference(bodyWith({ '/business/reference': '00292' }), {}), '00292')
  for (const nothing of [null, undefined, '', {}, 1e21, 4.5, 'x'.repeat(65), 'a\u0000b', true]) {
    assert.equal(foodics.reference(bodyWith({ '/business/reference': nothing }), {}), null)
  }
  assert.equal(foodics.reference(null, {}), null)
})

const UNUSABLE: Record<string, unknown[]> = {
  '/business/reference': [undefined, null, '', {}, 'x'.repeat(65)],
  '/timestamp': [undefined, null, 'yesterday', -5, 1e17, {}],
  '/event': [{}, 5],
  '/order': [undefined, null, [], 'order'],
  '/order/id': [undefined, null, '', {}, 1.5, 1e300, 'x'.repeat(129), 'a\u0000', '\ud800'],
  '/order/status': [undefined, null, 0, -1, 4.5, 'Closed', {}],
  '/order/branch/id': [undefined, null, '', true],
  '/order/products': [undefined, null, {}, 'latte', Array(1001).fill(BODY.order.products[0])],
  '/order/products/0': [null, 5, []],
  '/order/products/0/quantity': [undefined, null, -1, 'NaN', 'two', 1_000_001, {}],
  '/order/products/0/total_price': [undefined, null, -0.01, 'NaN', 1e11, 1e308, true],
  '/order/products/0/discount_amount': [-1, 'NaN', []],
  '/order/products/0/status': [0, 'Closed', {}],
  '/order/products/0/options/0/total_price': [-1, 'x'],
  '/order/total_price': [undefined, null, '', -24, 'NaN', '1e500', `24.${'0'.repeat(50)}`, 10_000_000_001],
  '/order/subtotal_price': [-1, 'NaN'],
  '/order/discount_amount': [-1, {}],
  '/order/rounding_amount': ['NaN', 1e300],
  '/order/payments': ['cash', {}],
  '/order/payments/0/amount': ['NaN'],
  '/order/closed_at': ['2023-02-30 10:00:00', '2023-01-01 25:00:00', 'noon', '1023-01-01 10:00:00'],
  '/order/updated_at': ['0000-00-00 00:00:00'],
  '/order/business_date': ['2023-02-30', '2023-13-01', 'today', 20230101],
}

for (const [pointer, values] of Object.entries(UNUSABLE)) {
  test(`an order is refused for an invalid ${pointer}, with its pointer`, () => {
    for (const value of values) {
      assert.deepEqual(pointersOf(foodics, bodyWith({ [pointer]: value })), [pointer], JSON.stringify(value))
    }
  })
}

test('a draft without a business is refused, not ignored', () => {
  const body = bodyWith({ '/order/status': 8, '/business/reference': null })
  assert.deepEqual(pointersOf(foodics, body), ['/business/reference'])
})

test('amounts that are valid one by one can have a sum that is not', () => {
  const payment = { ...BODY.order.payments[0], amount: 0, tips: 6_000_000_000 }
  assert.deepEqual(pointersOf(foodics, bodyWith({ '/order/payments': [payment, payment] })), ['/order/payments'])
  const line = BODY.order.products[0]
  const many = { '/order/products': Array(600).fill(line), '/order/combos': [{ products: Array(600).fill(line) }] }
  assert.deepEqual(pointersOf(foodics, bodyWith(many)), ['/order/products'])
})

test('the problem of a body that is not an object has an empty pointer', () => {
  for (const body of [null, 5, 'order', [], true]) assert.deepEqual(pointersOf(foodics, body), [''])
})

test('products may be absent where something else was sold', () => {
  assert.equal(take({ '/order/products': undefined }, foodicsBody({ giftCard: 100 })).lines.length, 0)
  assert.equal(
    take({ '/order/products': null }, foodicsBody({ combos: [{ children: [{ price: 5 }] }] })).lines.length,
    1,
  )
})

test('up to twenty problems are reported at once, in both languages', () => {
  assert.deepEqual(
    pointersOf(foodics, bodyWith({ '/order/id': null, '/order/total_price': 'NaN', '/timestamp': 'x' })),
    ['/timestamp', '/order/id', '/order/total_price'],
  )
  const lines = Array.from({ length: 30 }, () => ({ ...BODY.order.products[0], quantity: -1 }))
  assert.equal(pointersOf(foodics, bodyWith({ '/order/products': lines })).length, 20)
  const outcome = outcomeOf(foodics, bodyWith({ '/order/id': null }))
  assert.deepEqual(outcome, {
    kind: 'invalid',
    errors: [
      {
        pointer: '/order/id',
        message:
          'This field is required. Send text of 1 to 128 characters without control characters, or a whole number.',
        message_ar: 'هذا الحقل مطلوب. أرسل نصًا من 1 إلى 128 حرفًا بلا محارف تحكم، أو عددًا صحيحًا.',
      },
    ],
  })
})

test('the creator and the closer of an order are its staff, and no order is refused for them', () => {
  const cashier = { id: '97c817bd-0000-4aa9-ad52-000000000001', name: 'Sample Cashier' }
  const staff = (edits: Record<string, unknown>) => {
    const { created_by, closed_by } = take(edits)
    return [created_by, closed_by]
  }
  assert.deepEqual(staff({}), [cashier, cashier])
  assert.deepEqual(staff({ '/order/creator/id': 7, '/order/closer': { id: 'u-2' } }), [
    { id: '7', name: 'Sample Cashier' },
    { id: 'u-2' },
  ])
  assert.deepEqual(staff({ '/order/creator/id': null, '/order/closer': null }), [{ name: 'Sample Cashier' }, undefined])
  for (const value of [undefined, null, [], {}, 'Sample', 7, { id: '', name: ' ' }, { id: {}, name: [] }]) {
    assert.deepEqual(staff({ '/order/creator': value, '/order/closer': value }), [undefined, undefined])
  }
})
