// Traps C21-C24 and C31-C34: known bugs of other systems with repeated, late, concurrent or
// reordered orders (docs/traps.md).
import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { testApp } from '../support/app.ts'
import { assertProven, balancesOf } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop } from '../support/shop.ts'
import { NOTHING, openTill } from '../support/till.ts'

const app = await testApp()
const { db } = app.ctx

/**
 * The default body: 24.00 for one hot drink, with points 1 per 1.00, a stamp a hot drink and 5 %
 * back.
 */
const SEED = { points: 24, stamps: 1, cashback: 120 }

const resultsOf = (answers: readonly { result: string }[]) => answers.map(({ result }) => result).sort()

test('C21: a till that was offline sends its queue repeatedly, and each order earns once', async () => {
  const till = await openTill(app)
  const queue = [1, 2, 3].map((reference) => till.body({ reference }))
  // given the connection breaks before the first answer could be read, so the till cannot know what
  // arrived
  await sendAndHangUp(queue[0])
  // when it sends everything four times, all at once
  const answers = await Promise.all([...queue, ...queue, ...queue, ...queue].map((body) => till.send(body)))
  const processed = answers.filter(({ result }) => result === 'processed').length
  assert.ok(processed === 3 || processed === 2, `${processed} of 12 were new; the first may have arrived before`)
  assert.equal(answers.filter(({ result }) => result === 'duplicate').length, 12 - processed)
  assert.equal(new Set(answers.map((answer) => answer.event_id)).size, 3)
  assert.deepEqual(await till.balances(), { points: 72, stamps: 3, cashback: 360 }, '3 × 24.00')
  await till.assertProven()
})

/** Sends a whole request and breaks the connection at once. */
function sendAndHangUp(body: unknown): Promise<void> {
  const text = JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${app.tokens.foodics}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  }
  return new Promise((resolve) => {
    const request = http.request(`${app.url}/pos/1.0.0/foodics/order`, { method: 'POST', headers })
    request.on('error', () => resolve())
    request.end(text, () => request.destroy())
    request.on('close', () => resolve())
  })
}

test('C22: deliveries after a day offline, reversed and repeated, give the same result as in time', async () => {
  const [online, offline] = [await openTill(app), await openTill(app)]
  const dayOf = (till: typeof online) => {
    const sold = till.body({ reference: 1, lines: [{ price: 10.75, quantity: 2 }] })
    const one = { lines: [{ price: 10.75 }], returns: { id: sold.order.id } }
    return [
      till.body({ reference: 1, status: 2, lines: [{ price: 10.75 }], updatedAt: '2023-01-01 15:00:00' }),
      sold,
      till.body({ reference: 2 }),
      till.body({ reference: 3, ...one, updatedAt: '2023-01-01 16:00:00' }),
      till.body({ reference: 2, status: 7, updatedAt: '2023-01-01 17:00:00' }),
    ]
  }
  for (const body of dayOf(online)) await online.send(body)
  const late = dayOf(offline)
  for (const body of [...late, ...late].reverse()) await offline.send(body)
  // 21.50 for two drinks, of which one was returned: 10.75; the other order was voided
  const kept = { points: 10, stamps: 1, cashback: 53 }
  assert.deepEqual([await online.balances(), await offline.balances()], [kept, kept])
  await online.assertProven()
  await offline.assertProven()
})

test('C23: an order that two tills have open and send earns once', async () => {
  const till = await openTill(app)
  const first = till.body({ updatedAt: '2023-01-01 15:07:05' })
  // the second till changes nothing but says that it was the one that closed the order, a second
  // later
  const second = till.body({ updatedAt: '2023-01-01 15:07:06', event: 'customer.order.updated' })
  second.order.device.id = '_device02'
  const answers = await Promise.all([till.send(first), till.send(second)])
  assert.equal(new Set(answers.map((answer) => answer.event_id)).size, 2, 'two deliveries, of which one may be stale')
  const moved = answers.flatMap(({ movements }) => movements.map(({ units }) => units))
  assert.deepEqual(moved, [24, 1, 120])
  assert.deepEqual(await till.balances(), SEED)
  await till.assertProven()
})

test('C24: the first order of a new customer earns, even when all of its deliveries are concurrent', async () => {
  const till = await openTill(app)
  // when an order paid online is pending, active and closed within one moment, and so is another
  // one
  const snapshots = [1, 2].flatMap((reference) =>
    [1, 2, 4].map((status) =>
      till.body({ reference, status, source: 2, updatedAt: `2023-01-01 15:00:0${status}`, customer: { number: 7 } }),
    ),
  )
  await Promise.all(snapshots.map((body) => till.send(body)))
  const { body: found } = await app.get('/customers', till.business.apiKey)
  assert.deepEqual(
    found.data.map((customer: { phone: string }) => customer.phone),
    ['+966500000007'],
    'one customer, enrolled by the order itself',
  )
  assert.deepEqual(await till.balances('+966500000007'), { points: 48, stamps: 2, cashback: 240 })
  await till.assertProven()
})

test('C31: the order identifies itself, not the message: sent again with another message id it earns nothing more', async () => {
  const till = await openTill(app)
  const first = till.body({ timestamp: 1672585625, event: 'customer.order.created' })
  const again = till.body({ timestamp: 1672589999, event: 'customer.order.updated' })
  assert.deepEqual((await till.send(first)).units, SEED)
  const answer = await till.send(again)
  assert.deepEqual([answer.result, answer.movements, answer.units], ['processed', [], SEED])
  // and what was sent first is stale by now, or a repetition
  const earlier = till.body({ timestamp: 1672585000 })
  assert.deepEqual(resultsOf([await till.send(first), await till.send(earlier)]), ['duplicate', 'stale'])
  assert.deepEqual(await till.balances(), SEED)
  await till.assertProven()
})

test('C32: an order or return without a customer is accepted and moves nothing, until a customer is attached', async () => {
  const till = await openTill(app)
  const order = till.body({ reference: 1, customer: null, lines: [{ price: 10.75, quantity: 2 }] })
  const sold = await till.send(order)
  assert.deepEqual([sold.result, sold.reason, sold.customer, sold.movements], ['processed', 'no_customer', null, []])
  const refund = { reference: 2, customer: null, returns: { id: order.order.id }, lines: [{ price: 10.75 }] }
  const returned = await till.send({ ...refund, updatedAt: '2023-01-01 16:00:00' })
  assert.deepEqual([returned.result, returned.movements], ['processed', []])
  // when the cashier adds the customer afterwards, the remaining drink of 10.75 earns
  const named = await till.send({
    reference: 1,
    lines: [{ price: 10.75, quantity: 2 }],
    updatedAt: '2023-01-01 17:00:00',
  })
  assert.deepEqual([named.customer?.phone, named.units], ['+966500000001', { points: 10, stamps: 1, cashback: 53 }])
  await till.assertProven()
})

test('C33: an event id belongs to one body, and a repetition gets the first answer', async () => {
  const till = await openTill(app)
  const body = till.body({ reference: 1 })
  const first = await till.send(body)
  assert.deepEqual(first.units, SEED)
  const second = await till.send({ reference: 2 })
  assert.deepEqual([second.units.points, second.event_id === first.event_id], [48, false])
  // when the first is sent again, the answer has its earlier balance, although it is 48 by now
  const again = await till.send(body)
  assert.deepEqual(again, { ...first, result: 'duplicate' })
  // and one changed byte makes another event
  const changed = await till.send({ ...body, timestamp: body.timestamp + 1 })
  assert.notEqual(changed.event_id, first.event_id)
  assert.equal((await till.balances()).points, 48)
  const { body: kept } = await app.get(`/deliveries/${first.event_id}`, till.business.apiKey)
  assert.deepEqual([kept.id, kept.result], [first.event_id, 'processed'])
  await till.assertProven()
})

test('C34: a return that arrives before its sale waits for it; all 24 orders of arrival give the same result', async () => {
  const shop = await openShop(db)
  const drinks = (pieces: number) => [{ pieces, total: pieces * 1000 }]
  const story = (name: string, phone: string) => [
    orderOf({ id: name, phone, lines: drinks(3) }),
    orderOf({ id: `${name}-r1`, at: 10, returns: name, phone: null, lines: drinks(1) }),
    // the first return is voided again
    orderOf({ id: `${name}-r1`, at: 10, version: 1, returns: name, phone: null, status: 'void', lines: drinks(1) }),
    orderOf({ id: `${name}-r2`, at: 11, returns: name, phone: null, lines: drinks(1) }),
  ]
  const orders = permutations([0, 1, 2, 3])
  assert.equal(orders.length, 24)
  for (const [index, order] of orders.entries()) {
    const phone = `+9665000010${String(index).padStart(2, '0')}`
    const deliveries = story(`s${index}`, phone)
    for (const place of order) {
      const delivery = deliveries[place]
      assert.ok(delivery)
      const { result } = await shop.deliver(delivery)
      if (place > 0 && order.indexOf(0) > order.indexOf(place))
        assert.ok(result === 'parked' || result === 'stale', result)
    }
    // 20.00 of 30.00 remains
    assert.deepEqual(await balancesOf(db, shop, phone), { points: 20, stamps: 2, cashback: 100 }, order.join())
  }
  await assertProven(db, shop)
})

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]))
}

test('C34: a sale that arrives after its void earns nothing', async () => {
  const till = await openTill(app)
  const voided = await till.send({ status: 7, updatedAt: '2023-01-01 15:09:00' })
  assert.deepEqual([voided.result, voided.reason], ['processed', 'void'])
  const late = await till.send({ status: 4, updatedAt: '2023-01-01 15:07:05' })
  assert.deepEqual([late.result, late.reason], ['stale', 'newer_snapshot_known'])
  assert.deepEqual(await till.balances(), NOTHING)
  await till.assertProven()
})
