// The promised numbers of North Coffee, delivery by delivery over real HTTP, with 15 % VAT included
// in prices.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { testApp } from '../support/app.ts'

const app = await testApp()

let businesses = 0

/** A new shop for each story, so that the sample customer starts with nothing. */
async function openShop() {
  const reference = `north-${++businesses}`
  const business = await app.newBusiness(reference)
  const send = async (spec: Parameters<typeof foodicsBody>[0] = {}) => {
    const body = foodicsBody({ ...spec, business: { reference } })
    const answer = await app.post(body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return { ...answer.body, body, units: unitsOf(answer.body.balances) }
  }
  /** The balances of the sample customer in the business API; none for an unknown customer. */
  const balances = async () => {
    const { body } = await app.get('/customers?phone=%2B966500000001', business.apiKey)
    return unitsOf(body.data[0]?.balances ?? [])
  }
  return { business, reference, send, balances }
}

function unitsOf(balances: { program_type: string; available: number }[]) {
  const of = (type: string) => balances.find((balance) => balance.program_type === type)?.available ?? 0
  return { points: of('points'), stamps: of('stamps'), cashback: of('cashback') }
}

const SEED = { points: 24, stamps: 1, cashback: 120 }
const NOTHING = { points: 0, stamps: 0, cashback: 0 }
/** Reverses the keys of every object: other bytes, the same order. */
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, part]) => [key, reversed(part)]),
        )
      : value

test('V1: 24.00 for one hot drink earns 24 points, 1 stamp and 1.20', async () => {
  const shop = await openShop()
  const answer = await shop.send()
  assert.equal(answer.result, 'processed')
  assert.deepEqual(answer.units, SEED)
  assert.deepEqual(await shop.balances(), SEED)
})

test('V2: the same order three times, and once with its keys in another sequence, earns once', async () => {
  const shop = await openShop()
  const first = await shop.send()
  const [second, third] = [await shop.send(), await shop.send()]
  assert.deepEqual([second.result, third.result], ['duplicate', 'duplicate'])
  assert.deepEqual({ ...second, result: 'processed' }, first)
  const other = await app.post(JSON.stringify(reversed(first.body)))
  assert.equal(other.status, 200)
  assert.notEqual(other.body.event_id, first.event_id)
  assert.deepEqual(await shop.balances(), SEED)
})

const seedId = foodicsBody().order.id
const fullReturn = { reference: 382600, returns: { id: seedId }, updatedAt: '2023-01-02 10:00:00' }

test('V3: a fully returned order earns nothing', async () => {
  const shop = await openShop()
  await shop.send()
  const answer = await shop.send(fullReturn)
  assert.deepEqual(answer.units, NOTHING)
  assert.deepEqual(
    answer.movements.map((movement: { units: number }) => movement.units),
    [-24, -1, -120],
  )
  assert.deepEqual(await shop.balances(), NOTHING)
})

test('V4: a return that arrives before its order gives the same result', async () => {
  const shop = await openShop()
  const parked = await shop.send(fullReturn)
  assert.deepEqual([parked.result, parked.reason], ['parked', 'original_order_unknown'])
  const answer = await shop.send()
  assert.deepEqual([answer.result, answer.reason, answer.movements], ['processed', 'returned', []])
  assert.deepEqual(await shop.balances(), NOTHING)
  assert.equal((await shop.send(fullReturn)).result, 'duplicate', 'the return has been applied meanwhile')
})

test('V5: two drinks at 10.75, returned one by one: 21, 10 and 0 points; 2, 1 and 0 stamps; 1.07, 0.53 and 0', async () => {
  const shop = await openShop()
  const drink = (quantity: number) => [{ product: 'latte', price: 10.75, quantity }]
  const sale = await shop.send({ lines: drink(2) })
  assert.deepEqual(sale.units, { points: 21, stamps: 2, cashback: 107 })
  const back = (reference: number, minute: number) =>
    shop.send({
      reference,
      lines: drink(1),
      returns: { id: sale.body.order.id },
      updatedAt: `2023-01-02 10:0${minute}:00`,
    })
  assert.deepEqual((await back(1, 1)).units, { points: 10, stamps: 1, cashback: 53 })
  assert.deepEqual((await back(2, 2)).units, NOTHING)
})

test('V6: 100.00 less an order discount of 10.00 earns 90; half of the goods returned leaves 45', async () => {
  const shop = await openShop()
  const goods = (quantity: number) => [{ product: 'beans', price: 25, quantity }]
  const sale = await shop.send({ lines: goods(4), discount: { amount: 10 } })
  assert.deepEqual(sale.units, { points: 90, stamps: 4, cashback: 450 })
  const back = await shop.send({
    reference: 7,
    lines: goods(2),
    discount: { amount: 5 },
    returns: { id: sale.body.order.id },
    updatedAt: '2023-01-02 10:00:00',
  })
  assert.deepEqual(back.units, { points: 45, stamps: 2, cashback: 225 })
})

test('V7: pending, active and closed earn once in each of the six sequences of arrival', async () => {
  const snapshots = [1, 2, 4].map((status, index) => ({
    status,
    lines: [{ price: 30 }],
    updatedAt: `2023-01-01 15:0${index}:00`,
  }))
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]
  for (const order of orders) {
    const shop = await openShop()
    for (const index of order) await shop.send(snapshots[index])
    assert.deepEqual(await shop.balances(), { points: 30, stamps: 1, cashback: 150 }, order.join())
  }
})

test('V8: without a customer nothing is earned; a newer snapshot with the customer earns everything', async () => {
  const shop = await openShop()
  const alone = await shop.send({ customer: null })
  assert.deepEqual([alone.result, alone.reason, alone.customer], ['processed', 'no_customer', null])
  const attached = await shop.send({ updatedAt: '2023-01-01 15:30:00' })
  assert.deepEqual(attached.units, SEED)
})

test('V9: a voided line earns nothing although it keeps its price', async () => {
  const shop = await openShop()
  const answer = await shop.send({
    lines: [
      { price: 12, category: 'food' },
      { price: 8, status: 5, category: 'food' },
    ],
  })
  assert.deepEqual(answer.units, { points: 12, stamps: 0, cashback: 60 })
})

test('V10: 20 of 24 points are spent, then the order is returned: the balance is -20', async () => {
  const shop = await openShop()
  await shop.send()
  const { body: found } = await app.get('/customers?phone=0500000001', shop.business.apiKey)
  const spent = await app.call({
    method: 'POST',
    path: `/api/v1/customers/${found.data[0].id}/adjustments`,
    bearer: shop.business.apiKey,
    body: {
      program_id: formatId('program', shop.business.programs.points),
      units: -20,
      reason: 'A reward of 20 points',
    },
  })
  assert.equal(spent.status, 201, JSON.stringify(spent.body))
  assert.equal((await shop.balances()).points, 4)
  assert.equal((await shop.send(fullReturn)).units.points, -20)
  const { body: after } = await app.get('/customers?phone=0500000001', shop.business.apiKey)
  const points = after.data[0].balances.find((balance: { program_type: string }) => balance.program_type === 'points')
  assert.deepEqual([points.available, points.debt], [-20, 20])
})

test('V11: an order closed at 02:30 of the next day in Riyadh counts for the caps of its business day', async () => {
  const shop = await openShop()
  const capped = await app.call({
    method: 'POST',
    path: '/api/v1/programs',
    bearer: shop.business.apiKey,
    body: {
      type: 'points',
      name: { en: 'Ten a day', ar: 'عشر في اليوم' },
      definition: {
        type: 'points',
        rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
        caps: { per_customer: { day: 10 } },
      },
      activate: true,
      effective_from: '2020-01-02T00:00:00Z',
    },
  })
  assert.equal(capped.status, 201, JSON.stringify(capped.body))
  const capUnits = async (spec: object) => {
    const answer = await shop.send(spec)
    const movement = answer.movements.find((one: { program_id: string }) => one.program_id === capped.body.id)
    return movement?.units ?? 0
  }
  const order = (reference: number, closedAt: string, businessDate: string) =>
    capUnits({ reference, closedAt, updatedAt: closedAt, businessDate, lines: [{ price: 6 }] })
  assert.equal(await order(1, '2023-01-01 18:00:00', '2023-01-01'), 6)
  assert.equal(await order(2, '2023-01-01 23:30:00', '2023-01-01'), 4, 'only 4 of the 10 of 1 January are left')
  assert.equal(await order(3, '2023-01-02 10:00:00', '2023-01-02'), 6, '2 January begins anew')
})

test('V12: with prices excluding tax, 4 × 50.00 and 30.00 of tax earn on 230.00', async () => {
  const shop = await openShop()
  const answer = await shop.send({ taxExclusive: true, lines: [{ price: 50, quantity: 4 }] })
  assert.equal(answer.body.order.total_price, 230)
  assert.deepEqual(answer.units, { points: 230, stamps: 4, cashback: 1150 })
})
