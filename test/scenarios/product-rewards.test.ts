// Rewards for products: the till refuses more than they allow, and what only the order shows is
// flagged, in either order of arrival.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BodySpec, LineSpec } from '../../src/integrations/foodics/fixtures/spec.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { type Answer, testApp } from '../support/app.ts'
import { addReward, ask, claim, claimReward, orderOf } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

const clock = new ManualClock('2026-01-14T09:00:00Z')
const app = await testApp(undefined, { clock })

const FREE_LATTE = { kind: 'percent_products', percent: 100, products: ['latte'] }
const LATTE: LineSpec = { product: 'latte', price: 12 }
const now = () => new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')

interface Holder {
  till: Till
  customer: string
  codes: string[]
}

/** A customer with points enough for these rewards, and the code of each. */
async function holderOf(...terms: object[]): Promise<Holder> {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1, lines: [{ product: 'beans', price: 100 }] })
  const id = customer?.id ?? ''
  const codes: string[] = []
  for (const one of terms) codes.push(await claimReward(app, till, id, await addReward(app, till, 10, one)))
  return { till, customer: id, codes }
}

let orders = 100

/** An order of now, under a number of its own. */
function orderNow(till: Till, spec: BodySpec) {
  orders += 1
  return till.body({ reference: orders, closedAt: now(), updatedAt: now(), ...spec })
}

function redeem(till: Till, code: string, order: string, amount: number, products?: [string, number][]) {
  const redeemed = products?.map(([product_id, quantity]) => ({ product_id, quantity }))
  const more = { order_id: order, discount_amount: amount, ...(redeemed && { redeemed_products: redeemed }) }
  return ask(app, till, 'redeem', code, more)
}

async function flags(till: Till, order: string): Promise<string[]> {
  return (await orderOf(app, till, order)).flags.map((flag: { code: string }) => flag.code)
}

function assertTooHigh(answer: Answer, message: RegExp): void {
  assert.deepEqual([answer.status, answer.body.code], [422, 'discount_too_high'], JSON.stringify(answer.body))
  assert.match(answer.body.detail, message)
}

const free = (line: LineSpec, code: string): LineSpec => {
  const price = (line.price ?? 0) * (line.quantity ?? 1)
  return { ...line, discount: price, rewardCode: code }
}

test('A1: 9999 off and three TVs for one free latte: 422 before any order is known, and the code is still good', async () => {
  const { till, customer, codes } = await holderOf(FREE_LATTE)
  const [code = ''] = codes
  assertTooHigh(await redeem(till, code, 'o', 9999, [['tv', 3]]), /does not include the product tv/)
  assertTooHigh(await redeem(till, code, 'o', 12, [['latte', 3]]), /items for this reward is 1/)
  assert.equal((await claim(app, till, customer)).status, 'held')
  assert.equal((await redeem(till, code, 'o', 12, [['latte', 1]])).status, 200)
  await till.assertProven()
})

test('A1: the order was first: its prices are the limit, whether it is open or paid', async () => {
  for (const status of [2, 4]) {
    const { till, codes } = await holderOf(FREE_LATTE)
    const [code = ''] = codes
    const order = orderNow(till, { status, lines: [LATTE, { product: 'tv', price: 9999 }] })
    await till.send(order)
    assertTooHigh(await redeem(till, code, order.order.id, 9999), /12\.00 SAR/)
    assertTooHigh(await redeem(till, code, order.order.id, 12.01), /12\.00 SAR/)
    assert.equal((await redeem(till, code, order.order.id, 12)).status, 200)
    await till.assertProven()
  }
})

test('A1: a free TV of 9999 under the code of a latte is flagged, on its line or on the order, first or last', async () => {
  for (const first of ['till', 'order', 'order alone']) {
    for (const where of ['line', 'order']) {
      const { till, codes } = await holderOf(FREE_LATTE)
      const [code = ''] = codes
      const tv = { product: 'tv', price: 9999 }
      const order = orderNow(
        till,
        where === 'line'
          ? { lines: [LATTE, free(tv, code)] }
          : { lines: [LATTE, tv], discount: { amount: 9999, type: 4, rewardCode: code } },
      )
      if (first === 'till') assert.equal((await redeem(till, code, order.order.id, 12, [['latte', 1]])).status, 200)
      await till.send(order)
      if (first === 'order') assert.equal((await redeem(till, code, order.order.id, 9999)).status, 422)
      assert((await flags(till, order.order.id)).includes('discount_too_high'), `${first} first, on the ${where}`)
      await till.assertProven()
    }
  }
})

test('A1: a TV that is cheaper than the latte is not the latte', async () => {
  const { till, codes } = await holderOf(FREE_LATTE)
  const [code = ''] = codes
  const order = orderNow(till, { lines: [LATTE, free({ product: 'tv', price: 10 }, code)] })
  await till.send(order)
  assert.deepEqual(await flags(till, order.order.id), ['discount_too_high'])
})

test('A1: the discount of a redemption without a code, on a line that the reward is not for', async () => {
  const { till, codes } = await holderOf(FREE_LATTE)
  const [code = ''] = codes
  const tv = { product: 'tv', price: 9999, discount: 9999, discountType: 4 }
  const order = orderNow(till, { lines: [free(LATTE, code), tv] })
  await till.send(order)
  assert((await flags(till, order.order.id)).includes('discount_too_high'))
})

test('A1: three free lattes with one code: 422 where the order is known, else flagged', async () => {
  const three = { ...LATTE, quantity: 3 }
  const first = await holderOf(FREE_LATTE)
  const [known = ''] = first.codes
  const order = orderNow(first.till, { lines: [three] })
  await first.till.send(order)
  assertTooHigh(await redeem(first.till, known, order.order.id, 36), /12\.00 SAR/)
  const second = await holderOf(FREE_LATTE)
  const [code = ''] = second.codes
  const late = orderNow(second.till, { lines: [free(three, code)] })
  assert.equal((await redeem(second.till, code, late.order.id, 36)).status, 200, 'no price is known yet')
  await second.till.send(late)
  assert.deepEqual(await flags(second.till, late.order.id), ['discount_too_high'])
})

test('A1: two codes and one latte: the second is refused, or the order is flagged; with two lattes both are good', async () => {
  const first = await holderOf(FREE_LATTE, FREE_LATTE)
  const one = orderNow(first.till, { lines: [LATTE] })
  await first.till.send(one)
  assert.equal((await redeem(first.till, first.codes[0] ?? '', one.order.id, 12)).status, 200)
  assertTooHigh(await redeem(first.till, first.codes[1] ?? '', one.order.id, 12), /0\.00 SAR/)
  for (const [quantity, expected] of [
    [1, ['discount_too_high']],
    [2, []],
  ] as const) {
    const { till, codes } = await holderOf(FREE_LATTE, FREE_LATTE)
    const order = orderNow(till, { lines: [{ ...LATTE, quantity }], discount: { amount: 24, type: 4 } })
    if (quantity === 1) Object.assign(order.order, { discount_amount: 24, total_price: 0 })
    for (const code of codes) assert.equal((await redeem(till, code, order.order.id, 12)).status, 200)
    await till.send(order)
    assert.deepEqual(await flags(till, order.order.id), expected)
    await till.assertProven()
  }
})

test('A1: two codes that share products: neither order of the calls takes more than the latte and the tea', async () => {
  const either = { ...FREE_LATTE, products: ['latte', 'tea'] }
  const shop = async () => {
    const { till, codes } = await holderOf(either, FREE_LATTE)
    const order = orderNow(till, { lines: [LATTE, { product: 'tea', price: 5 }] })
    await till.send(order)
    const [a = '', b = ''] = codes
    return { till, a, b, order: order.order.id }
  }
  const first = await shop()
  assert.equal((await redeem(first.till, first.a, first.order, 12)).status, 200)
  assertTooHigh(await redeem(first.till, first.b, first.order, 12), /0\.00 SAR/)
  assert.deepEqual(await flags(first.till, first.order), ['discount_not_in_order'])
  const second = await shop()
  assert.equal((await redeem(second.till, second.b, second.order, 12)).status, 200)
  assertTooHigh(await redeem(second.till, second.a, second.order, 12), /5\.00 SAR/)
  assert.equal((await redeem(second.till, second.a, second.order, 5)).status, 200)
  const third = await shop()
  assert.equal((await redeem(third.till, third.a, third.order, 5)).status, 200)
  assert.equal((await redeem(third.till, third.b, third.order, 12)).status, 200)
  for (const { till } of [first, second, third]) await till.assertProven()
})

test('A1: a code that took too much before its order was known does not stop the code of another product', async () => {
  const { till, codes } = await holderOf(FREE_LATTE, { ...FREE_LATTE, products: ['tea'] })
  const order = orderNow(till, { lines: [LATTE, { product: 'tea', price: 5 }] })
  assert.equal((await redeem(till, codes[0] ?? '', order.order.id, 13)).status, 200, 'no price is known yet')
  await till.send(order)
  assertTooHigh(await redeem(till, codes[1] ?? '', order.order.id, 5.01), /5\.00 SAR/)
  assert.equal((await redeem(till, codes[1] ?? '', order.order.id, 5)).status, 200)
})

test('A1: the order was first and is void: its prices are the limit, whether or not its lines are void too', async () => {
  for (const status of [3, 5]) {
    const { till, codes, customer } = await holderOf(FREE_LATTE)
    const [code = ''] = codes
    const order = orderNow(till, {
      status: 7,
      lines: [
        { ...LATTE, status },
        { product: 'tv', price: 9999, status },
      ],
    })
    await till.send(order)
    assertTooHigh(await redeem(till, code, order.order.id, 9999), /12\.00 SAR/)
    assertTooHigh(await redeem(till, code, order.order.id, 12.01), /12\.00 SAR/)
    assert.equal((await redeem(till, code, order.order.id, 12)).status, 200)
    assert.equal((await claim(app, till, customer)).status, 'restored')
    await till.assertProven()
  }
})

test('A1: a quantity below one thousandth is not a quantity', async () => {
  const { till, codes } = await holderOf(FREE_LATTE)
  const [code = ''] = codes
  for (const quantity of [0, 0.0001, 0.0004, 0.0005, 0.0009, -1, 1e-9]) {
    const { status, body } = await redeem(till, code, 'o', 12, [['latte', quantity]])
    assert.deepEqual([status, body.errors?.[0]?.pointer], [422, '/redeemed_products/0/quantity'], `${quantity}`)
    assert.match(body.errors[0].message, /from 0\.001 to 1,000,000/)
  }
  assertTooHigh(await redeem(till, code, 'o', 12, [['latte', 1.001]]), /items for this reward is 1/)
  assert.equal((await redeem(till, code, 'o', 12, [['latte', 0.001]])).status, 200)
})

test('A1: a stamp card: its drink, and nothing dearer than a drink of the order', async () => {
  const till = await openTill(app)
  const drinks = { price: 10, quantity: 6 }
  const { customer } = await till.send({ reference: 1, closedAt: now(), lines: [drinks] })
  const path = `/api/v1/customers/${customer?.id}/claims`
  const body = { program_id: formatId('program', till.business.programs.stamps) }
  const made = await app.call({ method: 'POST', path, bearer: till.business.apiKey, body })
  const { code } = made.body
  const order = orderNow(till, { lines: [{ price: 11 }, { product: 'tv', category: 'tvs', price: 9999 }] })
  await till.send(order)
  assertTooHigh(await redeem(till, code, order.order.id, 9999), /11\.00 SAR/)
  assertTooHigh(await redeem(till, code, order.order.id, 11, [['tv', 1]]), /does not include the product tv/)
  assert.equal((await redeem(till, code, order.order.id, 11)).status, 200)
  await till.assertProven()
})

test('A1: a use of a plan: one of its products, at its price', async () => {
  const till = await openTill(app)
  const plan = { products_bought: ['gold'], period: { unit: 'month', count: 1 }, uses_per_period: 30 }
  const id = await till.addProgram({ type: 'subscription', plan: { ...plan, products: { include: ['latte'] } } })
  const { customer } = await till.send({ reference: 1, closedAt: now(), lines: [{ product: 'gold', price: 99 }] })
  const path = `/api/v1/customers/${customer?.id}/claims`
  const use = () => app.call({ method: 'POST', path, bearer: till.business.apiKey, body: { program_id: id } })
  const { code } = (await use()).body
  assertTooHigh(await redeem(till, code, 'o', 9999, [['tv', 3]]), /does not include the product tv/)
  const order = orderNow(till, { lines: [free({ ...LATTE, quantity: 2 }, code)] })
  await till.send(order)
  assert.deepEqual(await flags(till, order.order.id), ['discount_too_high'])
  await till.assertProven()
})

test('A1: half off a category, a fixed amount off products, by SKU, by weight, with and without modifiers', async () => {
  const cases: [string, object, LineSpec[], number, string[]][] = [
    ['half of 12.00', { ...FREE_LATTE, percent: 50 }, [LATTE], 6, []],
    ['more than half', { ...FREE_LATTE, percent: 50 }, [LATTE], 6.01, ['discount_too_high']],
    [
      'a category',
      { kind: 'percent_products', percent: 100, categories: ['hot'] },
      [{ ...LATTE, category: 'hot' }],
      12,
      [],
    ],
    [
      'another category',
      { kind: 'percent_products', percent: 100, categories: ['hot'] },
      [LATTE],
      12,
      ['discount_too_high'],
    ],
    ['5.00 off', { kind: 'fixed_products', discount_amount: 500, products: ['latte'] }, [LATTE], 5, []],
    [
      '5.00 off what costs 3.00',
      { kind: 'fixed_products', discount_amount: 500, products: ['latte'] },
      [{ ...LATTE, price: 3 }, { price: 9 }],
      5,
      ['discount_too_high'],
    ],
    [
      'half a kilogram',
      { ...FREE_LATTE, products: ['nuts'] },
      [{ product: 'nuts', price: 80, quantity: 0.5, weighed: true }],
      40,
      [],
    ],
    [
      'a kilogram of two',
      { ...FREE_LATTE, products: ['nuts'] },
      [{ product: 'nuts', price: 80, quantity: 2, weighed: true }],
      80.01,
      ['discount_too_high'],
    ],
    ['without its syrup', FREE_LATTE, [{ ...LATTE, options: [{ id: 's', price: 3 }] }], 15, ['discount_too_high']],
    [
      'with its syrup',
      { ...FREE_LATTE, includes_modifiers: true },
      [{ ...LATTE, options: [{ id: 's', price: 3 }] }],
      15,
      [],
    ],
    ['a size that carries the price', FREE_LATTE, [{ product: 'latte', options: [{ id: 'l', price: 24 }] }], 24, []],
  ]
  for (const [name, terms, lines, amount, expected] of cases) {
    const { till, codes } = await holderOf(terms)
    const [code = ''] = codes
    const order = orderNow(till, { lines, discount: { amount, type: 4, rewardCode: code } })
    await till.send(order)
    assert.deepEqual(await flags(till, order.order.id), expected, name)
    await till.assertProven()
  }
})

test('A1: the same in the standard format', async () => {
  for (const [product, price, expected] of [
    ['latte', 12, []],
    ['tv', 9999, ['discount_too_high']],
  ] as const) {
    const { till, codes } = await holderOf(FREE_LATTE)
    const [code = ''] = codes
    const at = new Date(clock.now()).toISOString()
    const body = standardBody({
      business: { reference: till.business.reference },
      id: `standard-${product}`,
      timestamp: at,
      lines: [
        { product_id: product, price, quantity: 1 },
        { product_id: 'cake', price: 20, quantity: 1 },
      ],
      discounts: [{ amount: price, reason: 'Loyalty Redemption', code }],
      order: { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) },
    })
    assert.equal((await app.post(body, { pos: 'standard' })).body.result, 'processed')
    assert.deepEqual(await flags(till, `standard-${product}`), expected)
    await till.assertProven()
  }
})

test('A1: a corrected order is reconciled again, and a return of the latte restores the reward', async () => {
  const { till, customer, codes } = await holderOf(FREE_LATTE)
  const [code = ''] = codes
  const wrong = orderNow(till, { lines: [free({ product: 'tv', price: 9999 }, code), LATTE] })
  const { reference } = wrong.order
  await till.send(wrong)
  assert.deepEqual(await flags(till, wrong.order.id), ['discount_too_high'])
  clock.advance(1000)
  await till.send(orderNow(till, { reference: Number(reference), lines: [free({ ...LATTE, id: 'a' }, code)] }))
  assert.deepEqual(await flags(till, wrong.order.id), [])
  assert.equal((await claim(app, till, customer)).redemption?.discount, 1200)
  await till.send(orderNow(till, { returns: { id: wrong.order.id }, lines: [{ ...LATTE, id: 'a', discount: 12 }] }))
  assert.equal((await claim(app, till, customer)).status, 'restored')
  await till.assertProven()
})

test('A1: before the order arrives, the prices in the catalogue of the POS are the limit', async () => {
  const { till, codes } = await holderOf({ ...FREE_LATTE, products: ['SKU-latte'], categories: ['hot'] })
  const [code = ''] = codes
  const item = (id: string, sku: string, category: string, price: number | null) =>
    app.ctx.db.query(
      `insert into catalogue_products (business_id, pos_name, product_id, name, name_ar, category_id, sku, price, active, seen_at)
       values ($1, 'foodics', $2, $2, $2, $4, $3, $5, true, now())`,
      [till.business.businessId, id, sku, category, price],
    )
  await item('latte', 'SKU-latte', 'cold', 1200)
  await item('tea', 'SKU-tea', 'hot', 900)
  await item('tv', 'SKU-tv', 'tvs', 999_900)
  const check = await ask(app, till, 'reward', code)
  assert.deepEqual(check.body.allowed_products, [{ products_list: ['SKU-latte', 'latte', 'tea'], quantity: 1 }])
  assertTooHigh(await redeem(till, code, 'o', 9999, [['tv', 1]]), /does not include the product tv/)
  assertTooHigh(await redeem(till, code, 'o', 12, [['unheard of', 1]]), /does not include the product unheard of/)
  assertTooHigh(await redeem(till, code, 'o', 9999), /12\.00 SAR/)
  assertTooHigh(await redeem(till, code, 'o', 12, [['tea', 1]]), /9\.00 SAR/)
  assert.equal((await redeem(till, code, 'o', 12, [['latte', 1]])).status, 200)
})

test('one discount without a code beside two codes is divided among them by what was redeemed', async () => {
  const off = (amount: number) => ({ kind: 'fixed_order', discount_amount: amount })
  for (const [amount, expected] of [
    [8, []],
    [7, ['discount_differs']],
    [9, ['discount_differs', 'discount_too_high']],
  ] as const) {
    const { till, codes } = await holderOf(off(500), off(300))
    const order = orderNow(till, { lines: [{ price: 50 }], discount: { amount, type: 4 } })
    assert.equal((await redeem(till, codes[1] ?? '', order.order.id, 3)).status, 200)
    assert.equal((await redeem(till, codes[0] ?? '', order.order.id, 5)).status, 200)
    await till.send(order)
    assert.deepEqual(await flags(till, order.order.id), expected, `${amount}.00`)
    await till.assertProven()
  }
})
