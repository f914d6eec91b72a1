// What cashiers do in Foodics, and the resulting canonical order: one test for each kind of order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PosOrder } from '../../../../contract/pos-order.ts'
import { orderOf, outcomeOf, RIYADH } from '../../../../test/support/pos.ts'
import { foodicsBody } from '../fixtures/body.ts'
import type { BodySpec } from '../fixtures/spec.ts'
import { integration as foodics } from '../integration.ts'

const parse = (spec: BodySpec = {}, context = RIYADH) => orderOf(foodics, foodicsBody(spec), context)

/** Each line as `status total`, in minor units with tax. */
const told = (order: PosOrder) => order.lines.map((line) => `${line.status} ${line.total_incl_tax}`)

test('a drink whose price sits on its option is paid in cash: the whole canonical order', () => {
  assert.deepEqual(parse(), {
    pos_order_id: '4156d6c4-8316-8a3b-a78b-1c0a4abddd62',
    reference: '382546',
    kind: 'sale',
    status: 'paid',
    version: {
      updated_at: Date.UTC(2023, 0, 1, 15, 7, 5),
      timestamp: Date.UTC(2023, 0, 1, 15, 7, 5),
      rank: 1,
      created: true,
    },
    occurred_at: Date.UTC(2023, 0, 1, 15, 6, 16),
    business_date: '2023-01-01',
    opened_at: Date.UTC(2023, 0, 1, 14, 53, 57),
    closed_at: Date.UTC(2023, 0, 1, 15, 6, 16),
    order_type: 'dine_in',
    channel: 'cashier',
    branch: {
      id: '97be5de5-0000-4efe-8355-000000000001',
      name: 'Sample Branch',
      name_ar: 'فرع تجريبي',
      reference: 'B01',
      day_ends_at: '05:00',
    },
    created_by: { id: '97c817bd-0000-4aa9-ad52-000000000001', name: 'Sample Cashier' },
    closed_by: { id: '97c817bd-0000-4aa9-ad52-000000000001', name: 'Sample Cashier' },
    customer: {
      pos_id: 'a23c0e4e-a566-8f34-8b90-c8f83190b91d',
      phone: '+966500000001',
      name: 'Sample Customer 1',
      gender: 'male',
      blacklisted: false,
    },
    lines: [
      {
        id: 'd68141cc-e312-8a9a-925b-1dc8d72acc7d',
        product_id: '_7g3g8555',
        sku: 'prd_7g3g8555',
        category_id: '_7ad32937',
        name: 'Sample Latte',
        name_ar: 'لاتيه تجريبي',
        quantity: 1000,
        status: 'paid',
        total_incl_tax: 2400,
        // 24.00 / 1.15
        total_excl_tax: 2087,
        discount: 0,
        options: [{ id: '93254047-0000-461b-846f-000000000001', name: 'Large', quantity: 1000, total_incl_tax: 2400 }],
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

test('a plain sale of two products: each line is its price, tax included', () => {
  const order = parse({ lines: [{ price: 18 }, { price: 7.5, quantity: 2 }] })
  assert.deepEqual(told(order), ['paid 1800', 'paid 1500'])
  assert.deepEqual(
    order.lines.map((line) => line.total_excl_tax),
    // 18.00 / 1.15 = 15.652…, 15.00 / 1.15 = 13.043…; in all 28.70.
    [1565, 1305],
  )
  assert.equal(order.subtotal_excl_tax, 2870)
})

test('V6: a discount of 10.00 on an order of 100.00 is spread over its lines', () => {
  const order = parse({ lines: [{ price: 60 }, { price: 40 }], discount: { amount: 10, type: 2 } })
  assert.equal(order.total_incl_tax, 9000)
  // 6.00 of the discount falls on the line of 60.00, 4.00 on that of 40.00.
  assert.deepEqual(told(order), ['paid 5400', 'paid 3600'])
  assert.deepEqual(order.discounts, [{ amount: 1000, reason: 'other' }])
  // 90.00 / 1.15 in all.
  assert.equal(
    order.lines.reduce((sum, line) => sum + line.total_excl_tax, 0),
    7826,
  )
})

test('V6: the return of half of these goods gives back half of the amount paid', () => {
  const order = parse({ returns: { id: 'sale-1' }, lines: [{ price: 50 }], discount: { amount: 5, type: 2 } })
  assert.deepEqual(told(order), ['refunded 4500'])
})

test('the price of a line includes its open discount, and its options get their share', () => {
  const order = parse({ lines: [{ price: 20, discount: 5, options: [{ price: 5 }] }, { price: 10 }] })
  // 20.00 + 5.00 − 5.00; of the 20.00 that are left, the option has 5 parts of 25.
  assert.deepEqual(told(order), ['paid 2000', 'paid 1000'])
  assert.equal(order.lines[0]?.discount, 500)
  assert.equal(order.lines[0]?.options[0]?.total_incl_tax, 400)
  assert.deepEqual(order.discounts, [])
})

test('a coupon has its code, a promotion and a redeemed reward have their reason', () => {
  const coupon = parse({ lines: [{ price: 100 }], discount: { amount: 25, type: 3, couponCode: 'WELCOME' } })
  assert.deepEqual(coupon.discounts, [{ amount: 2500, reason: 'coupon', code: 'WELCOME' }])
  const promotion = parse({ lines: [{ price: 100 }], discount: { amount: 25, type: 5 } })
  assert.deepEqual(promotion.discounts, [{ amount: 2500, reason: 'promotion' }])
  const reward = parse({ lines: [{ price: 30 }], discount: { amount: 15, type: 4, rewardCode: '24564955' } })
  assert.deepEqual(reward.discounts, [{ amount: 1500, reason: 'loyalty_redemption', code: '24564955' }])
  assert.deepEqual(reward.reward_codes, ['24564955'])
})

test('C42: a free product is a line of 0.00, and its code is redeemed', () => {
  const order = parse({ lines: [{ price: 18, discount: 18, rewardCode: 'S5923RT21' }, { price: 10 }] })
  assert.deepEqual(told(order), ['paid 0', 'paid 1000'])
  assert.equal(order.lines[0]?.reward_code, 'S5923RT21')
  assert.deepEqual(order.reward_codes, ['S5923RT21'])
})

test('a reward on a voided line is not redeemed', () => {
  const order = parse({ lines: [{ price: 18, discount: 18, rewardCode: 'S5923RT21', status: 5 }, { price: 10 }] })
  assert.deepEqual(order.reward_codes, [])
})

test('C47: a gift card that is sold is not goods; one used to pay is a payment of its kind', () => {
  const sold = parse({ giftCard: 100, lines: [{ price: 24 }] })
  assert.equal(sold.gift_cards_sold, 10_000)
  assert.deepEqual(told(sold), ['paid 2400'])
  const alone = parse({ giftCard: 100 })
  assert.deepEqual([alone.gift_cards_sold, alone.total_incl_tax, alone.lines.length], [10_000, 10_000, 0])
  const used = parse({ lines: [{ price: 30 }], payments: [{ type: 5, name: 'Gift Card', amount: 30 }] })
  assert.deepEqual(used.payments, [{ method: 'Gift Card', kind: 'gift_card', amount: 3000 }])
})

test('an order paid in two ways has both payments; change is no payment', () => {
  const cash = { amount: 10.5 }
  const order = parse({ lines: [{ price: 30 }], payments: [cash, { type: 2, name: 'Mada', amount: 19.5 }] })
  assert.deepEqual(
    order.payments.map((payment) => [payment.kind, payment.amount]),
    [
      ['cash', 1050],
      ['card', 1950],
    ],
  )
})

test('goods sold by weight have thousandths of a piece', () => {
  const order = parse({
    lines: [
      { price: 80, quantity: 1.25, weighed: true },
      { price: 30, quantity: 0.5, weighed: true },
    ],
  })
  assert.deepEqual(
    order.lines.map((line) => [line.quantity, line.total_incl_tax]),
    [
      [1250, 10_000],
      [500, 1500],
    ],
  )
})

test('the products of a combo are lines, in multiplied quantities', () => {
  const order = parse({ combos: [{ id: 'combo-1', quantity: 3, children: [{ price: 70 }] }] })
  assert.deepEqual(
    order.lines.map((line) => [line.combo_id, line.quantity, line.total_incl_tax]),
    [['combo-1', 3000, 21_000]],
  )
})

test('a combo discount is spread over its products only', () => {
  const children = [{ price: 30 }, { price: 20 }]
  const order = parse({ lines: [{ price: 50 }], combos: [{ discount: 10, children }] })
  assert.deepEqual(told(order), ['paid 5000', 'paid 2400', 'paid 1600'])
  assert.deepEqual(
    order.lines.map((line) => line.discount),
    [0, 600, 400],
  )
  // The tax comes off with it: each total / 1.15.
  assert.deepEqual(
    order.lines.map((line) => line.total_excl_tax),
    [4348, 2087, 1391],
  )
})

test('V9, C20: a voided line keeps its price and does not count', () => {
  const order = parse({ lines: [{ price: 12 }, { price: 8, status: 5 }] })
  assert.equal(order.total_incl_tax, 1200)
  assert.deepEqual(told(order), ['paid 1200', 'voided 800'])
})

test('an order is void by its status, or, in old cashier apps, by all of its lines', () => {
  const void7 = parse({ status: 7, lines: [{ price: 5 }] })
  assert.deepEqual([void7.status, void7.kind, void7.total_incl_tax, void7.version.rank], ['void', 'sale', 0, 2])
  assert.deepEqual(told(void7), ['voided 500'])
  assert.equal(parse({ status: 4, lines: [{ price: 5, status: 5 }] }).status, 'void')
})

test('C6: a return is an order of its own that names its sale; its amounts are positive, its payments negative', () => {
  const order = parse({ returns: { id: 'sale-1' }, reference: 382547 })
  assert.deepEqual([order.kind, order.status, order.original_pos_order_id], ['return', 'refunded', 'sale-1'])
  assert.deepEqual(told(order), ['refunded 2400'])
  assert.deepEqual(order.payments, [{ method: 'Cash', kind: 'cash', amount: -2400 }])
})

test('a partial return has the returned part: one piece of four', () => {
  const order = parse({ returns: { id: 'sale-1' }, lines: [{ price: 10.75, quantity: 1 }] })
  assert.deepEqual(
    order.lines.map((line) => [line.quantity, line.total_incl_tax]),
    [[1000, 1075]],
  )
})

test('a voided return gives nothing back and is no sale', () => {
  const order = parse({ returns: { id: 'sale-1' }, status: 7 })
  assert.deepEqual([order.kind, order.status], ['return', 'void'])
})

test('a sale that changes to status 5 under its own ID is given back completely', () => {
  const order = parse({ status: 5 })
  assert.deepEqual([order.kind, order.status, order.version.rank], ['sale', 'refunded', 3])
  assert.deepEqual(told(order), ['refunded 2400'])
})

test('C5: a paid order that names another is a sale: its refunded lines are not sold, the others are', () => {
  const body = foodicsBody({ returns: { id: 'sale-1' }, status: 4, lines: [{ price: 30 }, { price: 18, status: 6 }] })
  body.order.total_price = 30
  const order = orderOf(foodics, body)
  assert.deepEqual([order.kind, order.status, order.original_pos_order_id], ['sale', 'paid', 'sale-1'])
  assert.deepEqual(told(order), ['paid 3000', 'refunded 1800'])
  const plain = parse({ returns: { id: 'sale-1' }, status: 4, lines: [{ price: 30 }] })
  assert.deepEqual([plain.kind, plain.original_pos_order_id], ['sale', undefined], 'nothing comes back')
  // 30.00 sold less 18.00 that came back: 12.00 changed hands, and 30.00 was sold, 26.09 without
  // tax.
  body.order.total_price = 12
  body.order.subtotal_price = 10.43478
  const netted = orderOf(foodics, body)
  assert.deepEqual(
    [netted.total_incl_tax, netted.lines[0]?.total_incl_tax, netted.lines[0]?.total_excl_tax],
    [3000, 3000, 2609],
  )
})

test('an order that names itself has no original', () => {
  const order = parse({ id: 'sale-1', returns: { id: 'sale-1' } })
  assert.deepEqual([order.kind, order.status, order.original_pos_order_id], ['sale', 'refunded', undefined])
})

test('V7: a call centre order changes from pending to paid, each snapshot newer than the previous one', () => {
  const at = (status: number, updatedAt: string) => parse({ status, updatedAt, source: 3, lines: [{ price: 30 }] })
  const snapshots = [at(1, '2023-01-01 14:54:00'), at(2, '2023-01-01 15:00:00'), at(4, '2023-01-01 15:07:05')]
  assert.deepEqual(snapshots.map(told), [['added 3000'], ['added 3000'], ['paid 3000']])
  assert.deepEqual(
    snapshots.map((order) => [order.status, order.version.rank, order.channel]),
    [
      ['initiated', 0, 'call_center'],
      ['initiated', 0, 'call_center'],
      ['paid', 1, 'call_center'],
    ],
  )
  // Not closed yet: it happened when it was opened.
  assert.equal(snapshots[0]?.occurred_at, Date.UTC(2023, 0, 1, 14, 53, 57))
})

test('a declined order is void, a joined one has its own status, a draft is not placed yet', () => {
  assert.equal(parse({ status: 3 }).status, 'void')
  assert.equal(parse({ status: 6 }).status, 'joined')
  const draft = outcomeOf(foodics, foodicsBody({ status: 8, id: 'draft-1' }))
  assert.deepEqual(draft, {
    kind: 'ignored',
    businessReference: '440810',
    event: 'customer.order.created',
    timestamp: Date.UTC(2023, 0, 1, 15, 7, 5),
    reason: 'draft',
    posOrderId: 'draft-1',
  })
})

test('charges, tips and rounding are not goods', () => {
  const order = parse({
    lines: [{ price: 30 }],
    charges: [{ name: 'Delivery', amount: 11.5 }],
    rounding: -0.02,
    tips: 3,
  })
  // 30.00 + 11.50 − 0.02; the tip lies beside it.
  assert.equal(order.total_incl_tax, 4148)
  assert.deepEqual([order.charges_incl_tax, order.rounding, order.tips], [1150, -2, 300])
  assert.deepEqual(told(order), ['paid 3000'])
})

test('V12: where tax is added, a line is its price and its tax', () => {
  const order = parse({ taxExclusive: true, lines: [{ price: 50, quantity: 4 }] })
  assert.equal(order.total_incl_tax, 23_000)
  assert.deepEqual(
    order.lines.map((line) => [line.quantity, line.total_incl_tax, line.total_excl_tax]),
    [[4000, 23_000, 20_000]],
  )
})

test('tax on top, with a line discount, an order discount, options and a charge, adds up to the last unit', () => {
  const options = [{ price: 3, quantity: 2 }]
  const order = parse({
    taxExclusive: true,
    lines: [{ price: 14, quantity: 2, discount: 20, taxRate: 5, options }],
    discount: { amount: 5 },
    charges: [{ name: 'Delivery', amount: 8 }],
  })
  // 14.00 × 2 + 3.00 × 2 × 2 − 20.00 = 20.00; less 5.00, with 5 % on top: 15.75. The charge has 15
  // %: 9.20.
  assert.deepEqual(told(order), ['paid 1575'])
  assert.equal(order.lines[0]?.total_excl_tax, 1500)
  assert.equal(order.charges_incl_tax, 920)
  assert.equal(order.total_incl_tax, 2495)
})

const KUWAIT = { timezone: 'Asia/Kuwait', country: 'KW' }

test('a currency with three digits keeps them', () => {
  const order = parse({ lines: [{ price: 1.255 }, { price: 0.1 }] }, { ...KUWAIT, currency: 'KWD' })
  assert.deepEqual(told(order), ['paid 1255', 'paid 100'])
})
