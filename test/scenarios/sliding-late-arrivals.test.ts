// Sliding expiry over real HTTP: orders that waited for the connection of their business, and
// imported past orders.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { releaseAndExpireAll } from '../../src/worker/release-and-expire.ts'
import { type Customer, makeWorld, orderAt } from '../../tools/simulator/foodics/world.ts'
import { callerOf } from '../support/api.ts'
import { type TestApp, type TestBusiness, testApp } from '../support/app.ts'
import { openPair, type Pair } from '../support/foodics-pair.ts'
import { assertProven } from '../support/ledger.ts'

const DAY = 24 * 3_600_000
/** Sales by days ago and amount: each is within the window of 10 days of the previous one. */
const AMOUNTS = { 20: 10, 12: 11, 5: 12 } as const
type Ago = keyof typeof AMOUNTS
const ORDERS_OF_ARRIVAL: Ago[][] = [
  [20, 12, 5],
  [20, 5, 12],
  [12, 20, 5],
  [12, 5, 20],
  [5, 20, 12],
  [5, 12, 20],
]

/** A program of one point per riyal that expires 10 days after the last order. */
async function slidingProgram(app: TestApp, business: TestBusiness): Promise<string> {
  const rules = [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }]
  const definition = { type: 'points', rules, expiry: { kind: 'sliding', days: 10 } }
  const made = await callerOf(app, business).send('POST', '/programs', {
    type: 'points',
    name: { en: 'Sample', ar: 'تجريبي' },
    definition,
    activate: true,
    effective_from: '2020-01-02T00:00:00Z',
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.id
}

/** The balance and expiry of the only customer in the API. */
async function pointsOf(app: TestApp, business: TestBusiness, programId: string): Promise<number> {
  const { data } = (await callerOf(app, business).get('/customers')).body
  assert.equal(data.length, 1, 'one customer')
  const of = (balance: { program_id: string }) => balance.program_id === programId
  return data[0].balances.find(of)?.available ?? 0
}

const NOW = Date.parse('2026-06-30T12:00:00Z')

function sale(reference: string, ago: Ago) {
  const at = new Date(NOW - ago * DAY).toISOString()
  return standardBody({
    id: `sale-${ago}`,
    timestamp: at,
    business: { reference },
    lines: [{ price: AMOUNTS[ago], quantity: 1 }],
    order: { updated_at: at, opened_at: at, closed_at: at, business_date: undefined },
  })
}

/** A business with a POS of its own that is not connected yet. */
async function openShop(app: TestApp, clock: ManualClock, name: string) {
  const business = await app.newBusiness(`placeholder-${name}`)
  const programId = await slidingProgram(app, business)
  const { send } = callerOf(app, business)
  const { pos } = (await send('POST', '/pos-systems', { title: 'Own POS' })).body
  const { token } = (await send('POST', `/pos-systems/${pos}/tokens`, {})).body
  return {
    business,
    points: () => pointsOf(app, business, programId),
    /** Delivers a sale on the day on which it happened. */
    arrive: async (ago: Ago, daysAgo: number, result: 'processed' | 'unmatched') => {
      clock.set(NOW - daysAgo * DAY)
      const path = `/pos/1.0.0/${pos}/order`
      const { status, body } = await app.call({ method: 'POST', path, body: sale(name, ago), bearer: token })
      assert.deepEqual([status, body.result], [result === 'processed' ? 200 : 202, result])
    },
    connect: async () => {
      const connected = await send('POST', '/connections', { pos, reference: name })
      assert.equal(connected.status, 201, JSON.stringify(connected.body))
    },
    disconnect: async () => assert.equal((await send('DELETE', `/connections/${pos}/${name}`)).status, 204),
  }
}

async function openApp(t: TestContext) {
  const clock = new ManualClock(NOW - 21 * DAY)
  return { clock, app: await testApp(t, { clock }) }
}

test('unmatched, then connected: sales 20, 12 and 5 days ago give 33 in all six orders of arrival', async (t) => {
  const { app, clock } = await openApp(t)
  for (const order of ORDERS_OF_ARRIVAL) {
    clock.set(NOW - 4 * DAY)
    const shop = await openShop(app, clock, `waits-${order.join('-')}`)
    for (const [n, ago] of order.entries()) await shop.arrive(ago, 4 - n, 'unmatched')
    clock.set(NOW)
    await shop.connect()
    assert.equal(await shop.points(), 33, order.join(', '))
    await releaseAndExpireAll(app.ctx)
    assert.equal(await shop.points(), 33, `${order.join(', ')}, after the job`)
    await assertProven(app.ctx.db, shop.business)
  }
})

test('unmatched in order, then connected: 33, which expire with the window of the last sale', async (t) => {
  const { app, clock } = await openApp(t)
  const shop = await openShop(app, clock, 'as-they-happened')
  for (const ago of [20, 12, 5] as const) {
    await shop.arrive(ago, ago, 'unmatched')
    await releaseAndExpireAll(app.ctx)
  }
  clock.set(NOW)
  await shop.connect()
  assert.equal(await shop.points(), 33)
  // The last sale was on 25 June; its tenth day is 5 July, until its end in Riyadh.
  clock.set('2026-07-05T20:59:59.999Z')
  await releaseAndExpireAll(app.ctx)
  assert.equal(await shop.points(), 33)
  clock.set('2026-07-05T21:00:00Z')
  await releaseAndExpireAll(app.ctx)
  assert.equal(await shop.points(), 0)
  await assertProven(app.ctx.db, shop.business)
})

test('connected, disconnected and connected again: sales that waited in between restore expired units', async (t) => {
  const { app, clock } = await openApp(t)
  const shop = await openShop(app, clock, 'comes-back')
  await shop.connect()
  await shop.arrive(20, 20, 'processed')
  await shop.disconnect()
  await shop.arrive(12, 12, 'unmatched')
  clock.set(NOW - 6 * DAY)
  await releaseAndExpireAll(app.ctx)
  assert.equal(await shop.points(), 0, 'the 10 have expired, as far as is known')
  await shop.arrive(5, 5, 'unmatched')
  clock.set(NOW)
  await shop.connect()
  assert.equal(await shop.points(), 33)
  await assertProven(app.ctx.db, shop.business)
})

test('one sale waits, the others arrive after the connection: 33 in all six orders of arrival', async (t) => {
  const { app, clock } = await openApp(t)
  for (const [waits, ...rest] of ORDERS_OF_ARRIVAL) {
    clock.set(NOW - 4 * DAY)
    const shop = await openShop(app, clock, `one-waits-${waits}-${rest.join('-')}`)
    await shop.arrive(waits as Ago, 3, 'unmatched')
    await shop.connect()
    for (const [n, ago] of rest.entries()) {
      await releaseAndExpireAll(app.ctx)
      await shop.arrive(ago, 2 - n, 'processed')
    }
    clock.set(NOW)
    await releaseAndExpireAll(app.ctx)
    assert.equal(await shop.points(), 33, `${waits}, ${rest.join(', ')}`)
    await assertProven(app.ctx.db, shop.business)
  }
})

/**
 * The clock of a pair starts at 09:00 on 1 June. The server lists orders by reference, so
 * references decide the order of arrival.
 */
const PAIR_NOW = Date.parse('2026-06-01T09:00:00Z')

/**
 * Foodics lists 50 orders per page: with 49 orders without a customer in between, each sale is on
 * its own page.
 */
function worldOf(order: readonly Ago[], between: number) {
  const world = makeWorld({ orders: 0 })
  const buyer = world.customers[0] as Customer
  let reference = 1000
  world.orders = order.flatMap((ago) => {
    const at = PAIR_NOW - ago * DAY
    const lines = [{ price: AMOUNTS[ago], quantity: 1 }]
    return [
      orderAt(at, { reference: ++reference, lines }, buyer),
      ...Array.from({ length: between }, () => orderAt(at, { reference: ++reference, lines }, null)),
    ]
  })
  return world
}

async function backfill(pair: Pair): Promise<void> {
  const started = await pair.send('POST', '/pos-accounts/foodics/backfill', { from: '2026-05-01' })
  assert.equal(started.status, 202, JSON.stringify(started.body))
  await pair.minutes(8)
  const done = (await pair.account()).backfill
  assert.deepEqual([done.status, done.not_applied], ['done', 0])
}

for (const [between, pages] of [
  [0, 'on one page'],
  [49, 'on three pages'],
] as const) {
  test(`backfill ${pages}: sales 20, 12 and 5 days ago give 33, in every order of their references`, async (t) => {
    for (const order of between === 0 ? ORDERS_OF_ARRIVAL : ORDERS_OF_ARRIVAL.slice(1, 5)) {
      const pair = await openPair(t, { world: worldOf(order, between) })
      const programId = await slidingProgram(pair.app, pair.app.business)
      await backfill(pair)
      assert.equal(await pointsOf(pair.app, pair.app.business, programId), 33, order.join(', '))
      await releaseAndExpireAll(pair.app.ctx)
      await backfill(pair)
      assert.equal(await pointsOf(pair.app, pair.app.business, programId), 33, 'a second backfill changes nothing')
      await assertProven(pair.app.ctx.db, pair.app.business)
    }
  })
}

test('backfill after the webhook of the last or the first sale gives 33, also when the job runs in between', async (t) => {
  for (const first of [5, 20] as const) {
    const world = worldOf([20, 12, 5], 0)
    const pair = await openPair(t, { world })
    const programId = await slidingProgram(pair.app, pair.app.business)
    const order = world.orders[first === 20 ? 0 : 2]
    const { name, reference } = world.business
    const sent = await pair.app.post({
      timestamp: (PAIR_NOW - first * DAY) / 1_000 + 63,
      event: 'customer.order.created',
      business: { name, reference },
      order,
    })
    assert.equal(sent.body.result, 'processed')
    await releaseAndExpireAll(pair.app.ctx)
    assert.equal(await pointsOf(pair.app, pair.app.business, programId), first === 5 ? 12 : 0)
    await backfill(pair)
    assert.equal(await pointsOf(pair.app, pair.app.business, programId), 33)
    await assertProven(pair.app.ctx.db, pair.app.business)
  }
})
