// Traps C36-C39, C41-C44 and C47: known bugs of other systems with fractions, tax, discounts and
// payments (docs/traps.md).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { testApp } from '../support/app.ts'
import { assertProven, balancesOf } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop } from '../support/shop.ts'
import { NOTHING, openTill } from '../support/till.ts'

const app = await testApp()
const { db } = app.ctx

const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }

const availableIn = ({ balances }: OrderAnswer, programId: string) =>
  balances.find((balance) => balance.program_id === programId)?.available

test('C36: amounts with floating-point errors reach a limit exactly, and a discount of 100% leaves nothing', async () => {
  const till = await openTill(app)
  const visit = { id: 'visit', when: { minimum_amount: 30 }, earn: { kind: 'per_order', units: 1 } }
  const programId = await till.addProgram({ type: 'points', rules: [visit] })
  // given lines of 0.10 and 0.20, whose sum a till with floating-point numbers sends as
  // 0.30000000000000004
  const dusty = till.body({ reference: 1, lines: [{ price: 0.1 }, { price: 0.2 }] })
  dusty.order.total_price = 0.1 + 0.2
  assert.match(JSON.stringify(dusty), /0\.30000000000000004/)
  assert.equal(availableIn(await till.send(dusty), programId), 1, 'the minimum is 0.30')
  // and 0.30 − 0.20 − 0.10, which floats make −2.8e-17
  const free = till.body({ reference: 2, lines: [{ price: 0.1 }, { price: 0.2 }], discount: { amount: 0.3 } })
  free.order.total_price = 0.3 - 0.2 - 0.1
  assert.match(JSON.stringify(free), /-2\.\d+e-17/)
  const nothing = await till.send(free)
  assert.deepEqual([nothing.movements, availableIn(nothing, programId)], [[], 1])
  await till.assertProven()
})

test('C37: a rate with an infinite fraction gains and loses no unit over thirty orders and their returns', async () => {
  const third = { id: 'third', earn: { kind: 'per_amount', units: 1, per: 300 } }
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [third], rounding: 'carry' } } })
  const orders = Array.from({ length: 30 }, (_, n) => orderOf({ id: `o${n}`, at: n, lines: [{ total: 100 }] }))
  for (const order of orders) await shop.deliver(order)
  assert.deepEqual(await balancesOf(db, shop), { points: 10 }, '30 × 1.00 at 1 point per 3.00')
  const returns = orders.map((order, n) =>
    orderOf({ id: `r${n}`, at: 60 + n, returns: order.pos_order_id, lines: [{ total: 100 }] }),
  )
  for (const back of returns) await shop.deliver(back)
  assert.deepEqual(await balancesOf(db, shop), {})
  await assertProven(db, shop)
})

test('C38: points are whole, whatever the decimals of the currency and the rounding of the bill', async () => {
  // 1 point per unit of the currency: per 1000 fils in Kuwait, per 1 yen in Japan
  const coins: [string, number][] = [
    ['KWD', 1000],
    ['JPY', 1],
  ]
  for (const [currency, unit] of coins) {
    const rules = [{ ...spend, earn: { ...spend.earn, per: unit } }]
    const shop = await openShop(db, { currency, programs: { points: { type: 'points', rules } } })
    const one = orderOf({ id: 'one', lines: [{ total: unit }], more: { currency } })
    assert.equal((await shop.deliver(one)).movements[0]?.units, 1, `1 point per 1 ${currency}`)
    // when a bill of 7 is rounded to 10 at the till, the goods are still 7
    const total = 10 * unit
    const rounded = orderOf({ id: 'seven', at: 1, lines: [{ total: 7 * unit }], more: { currency } })
    await shop.deliver({ ...rounded, rounding: 3 * unit, total_incl_tax: total })
    assert.deepEqual(await balancesOf(db, shop), { points: 8 })
    await assertProven(db, shop)
  }
})

test('C39: points are always shown as whole numbers, and money without floating-point errors', async () => {
  const till = await openTill(app)
  // given three orders of 89.43, of which 5 % are 4.4715; 3 × 89.43 is 268.29000000000002 in floats
  const answers = []
  for (const reference of [1, 2, 3]) answers.push(await till.send({ reference, lines: [{ price: 89.43 }] }))
  assert.deepEqual(await till.balances(), { points: 267, stamps: 3, cashback: 1341 }, '89 × 3, and 447 × 3')
  const { body: found } = await app.get('/customers?phone=0500000001', till.business.apiKey)
  const { body: ledger } = await app.get(`/customers/${found.data[0].id}/ledger`, till.business.apiKey)
  assert.equal(ledger.data.length, 9)
  for (const shown of [...answers, found, ledger]) {
    assert.doesNotMatch(JSON.stringify(shown), /\d\.\d{5,}/)
    for (const number of numbersIn(shown)) assert.ok(Number.isSafeInteger(number), `${number} is not whole`)
  }
  const money = answers[2]?.movements.find((movement) => movement.program_type === 'cashback')
  assert.match(money?.why.en ?? '', /= 4\.4715 SAR, rounded down to 4\.47 SAR$/)
  await till.assertProven()
})

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : []
}

test('C41: a program earns on amounts with or without tax, and deducts on the same base', async () => {
  const till = await openTill(app)
  const programId = await till.addProgram({ type: 'points', base: { tax: 'excluded' }, rules: [spend] })
  // 115.00 including 15% is 100.00 without; two of them
  const order = till.body({ lines: [{ price: 115, quantity: 2 }] })
  const sold = await till.send(order)
  assert.deepEqual([sold.units.points, availableIn(sold, programId)], [230, 200])
  const back = { reference: 2, lines: [{ price: 115 }], returns: { id: order.order.id } }
  const returned = await till.send({ ...back, updatedAt: '2023-01-02 10:00:00' })
  assert.deepEqual([returned.units.points, availableIn(returned, programId)], [115, 100])
  await till.assertProven()
})

test('C42: a free line earns nothing, and neither does the discount of a coupon', async () => {
  const till = await openTill(app)
  const free = { product: 'latte', price: 18, discount: 18, rewardCode: 'SAMPLE-1' }
  const paid = { product: 'mocha', price: 30 }
  const coupon = { amount: 10, type: 3, couponCode: 'SAMPLE' }
  const answer = await till.send({ lines: [free, paid], discount: coupon })
  assert.deepEqual(answer.units, { points: 20, stamps: 1, cashback: 100 }, '30.00 − 10.00, and the stamp of the mocha')
  const onlyFree = await till.send({ reference: 2, lines: [free] })
  assert.deepEqual(onlyFree.movements, [])
  await till.assertProven()
})

test('C43: excluded products earn nothing when sold and deduct nothing when returned', async () => {
  const till = await openTill(app)
  const noTobacco = { ...spend, when: { categories: { exclude: ['tobacco'] } } }
  const programId = await till.addProgram({ type: 'points', rules: [noTobacco] })
  const cigar = { product: 'cigar', category: 'tobacco', price: 50 }
  const order = till.body({ lines: [{ price: 24 }, cigar] })
  assert.equal(availableIn(await till.send(order), programId), 24)
  const back = { reference: 2, lines: [cigar], returns: { id: order.order.id } }
  const returned = await till.send({ ...back, updatedAt: '2023-01-02 10:00:00' })
  assert.equal(availableIn(returned, programId), 24)
  assert.equal(returned.units.points, 24, 'in the program that counts all goods, the 50 of the cigar went back')
  await till.assertProven()
})

test('C44: a minimum applies to the products of its rule, and to what remains of them after returns', async () => {
  const till = await openTill(app)
  const hot = { categories: { include: ['_7ad32937'] }, minimum_amount: 2000 }
  const programId = await till.addProgram({ type: 'points', rules: [{ ...spend, when: hot }] })
  const cake = { product: 'cake', category: 'food', price: 50 }
  const earned = async (spec: Parameters<typeof till.send>[0]) => availableIn(await till.send(spec), programId)
  assert.equal(await earned({ reference: 1, lines: [{ price: 15 }, cake] }), 0, '65.00, but 15.00 of hot drinks')
  const enough = till.body({ reference: 2, lines: [{ price: 15, quantity: 2 }, cake] })
  assert.equal(await earned(enough), 30)
  // when one drink is returned, 15.00 remain, which is below the minimum
  const back = { reference: 3, lines: [{ price: 15 }], returns: { id: enough.order.id } }
  assert.equal(await earned({ ...back, updatedAt: '2023-01-02 10:00:00' }), 0)
  await till.assertProven()
})

test('C47: a gift card earns when it pays, not when it is bought; payments with loyalty earn nothing', async () => {
  const till = await openTill(app)
  const noGifts = { ...spend, when: { payments: { exclude: ['gift_card'] } } }
  const strict = await till.addProgram({ type: 'points', rules: [noGifts] })
  const bought = await till.send({ reference: 1, giftCard: 100, lines: [] })
  assert.deepEqual([bought.units, bought.movements], [NOTHING, []])
  const card = { type: 5, name: 'Gift Card', amount: 24 }
  const used = await till.send({ reference: 2, payments: [card] })
  assert.deepEqual(used.units, { points: 24, stamps: 1, cashback: 120 }, 'the goods earn once, when they are sold')
  assert.equal(availableIn(used, strict), 0, 'unless the program leaves gift cards out')
  // 24.00, of which 10.00 are paid with points: 14.00 earn
  const points = { type: 7, name: 'Loyalty points', amount: 10 }
  const mixed = await till.send({ reference: 3, payments: [points, { amount: 14 }] })
  assert.deepEqual(mixed.units, { points: 24 + 14, stamps: 2, cashback: 120 + 70 })
  const whole = await till.send({ reference: 4, payments: [{ ...points, amount: 24 }] })
  assert.deepEqual(whole.movements, [])
  await till.assertProven()
})
