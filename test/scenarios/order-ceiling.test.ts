// Ceilings of orders: units above them are pending, the order is flagged, and staff release or
// reject them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { testApp } from '../support/app.ts'
import { orderOf } from '../support/claims.ts'
import { openTill, type Till, type Units } from '../support/till.ts'

const clock = new ManualClock('2023-01-01T16:00:00Z')
const app = await testApp(undefined, { clock })

interface Sale {
  version?: number
  price?: number
  quantity?: number
  category?: string
  product?: string
  phone?: string
  status?: string
  original?: string
}

/**
 * A snapshot of one order with one line; 1 point per 1.00, 5 % cashback, a stamp for each hot
 * drink.
 */
function bodyOf(till: Till, id: string, sale: Sale) {
  const { version = 1, price = 10, quantity = 1, category = 'beans', product = 'p', phone = '500000001' } = sale
  const { status = 'Paid', original } = sale
  const customer = { id: phone, name: 'Sample Customer', dial_code: 966, phone }
  const order = { version, customer, ...(original && { original_order_id: original }) }
  const lines = [{ product_id: product, price, quantity, category_id: category }]
  return standardBody({ id, status, order, lines, business: { reference: till.business.reference } })
}

async function send(till: Till, id: string, sale: Sale) {
  const { status, body } = await app.post(bodyOf(till, id, sale), { pos: 'standard' })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const decide = async (till: Till, id: string, what: 'release' | 'reject', bearer = till.business.apiKey) => {
  const order = await orderOf(app, till, id)
  return app.call({ method: 'POST', path: `/api/v1/orders/${order.id}/${what}`, bearer })
}

/** The flags of the order, and its pending units by type. */
async function shown(till: Till, id: string) {
  const order = await orderOf(app, till, id)
  const types = Object.fromEntries(
    Object.entries(till.business.programs).map(([type, program]) => [formatId('program', program), type]),
  )
  return {
    flags: order.flags.map((flag: { code: string }) => flag.code) as string[],
    pending: Object.fromEntries(
      order.pending.map((one: { program_id: string; units: number }) => [types[one.program_id], one.units]),
    ),
  }
}

const CLEAR = { flags: [], pending: {} }
const FLAG = ['above_ceiling']
const units = (points: number, cashback: number, stamps = 0): Units => ({ points, stamps, cashback })

test('C22: an order of 1,000,000.00 gives the ceilings; the rest is pending and the order is flagged', async () => {
  const till = await openTill(app)
  const answer = await send(till, 'forged', { price: 1_000_000 })
  // 10,000 of 1,000,000 points; 500.00 of 50,000.00 SAR.
  assert.deepEqual(await till.balances(), units(10_000, 50_000))
  const points = answer.movements.find((one: { program_type: string }) => one.program_type === 'points')
  assert.equal(points.units, 10_000)
  assert.match(
    points.why.en,
    /limited to 10,?000 points \(ceiling per order\); pending staff approval: 990,?000 points$/,
  )
  assert.match(points.why.ar, /سقف الطلب الواحد.*بانتظار موافقة الموظف/)
  assert.deepEqual(await shown(till, 'forged'), { flags: FLAG, pending: { points: 990_000, cashback: 4_950_000 } })
  const { flags, ceiling_decision } = await orderOf(app, till, 'forged')
  assert.ok(flags[0].en && flags[0].ar)
  assert.equal(ceiling_decision, null)
  await till.assertProven()
})

test('C22: the ceiling is shown with the program and changed with a version; orders keep the one of their time', async () => {
  clock.set('2023-01-01T16:00:00Z')
  const till = await openTill(app)
  const { apiKey, programs } = till.business
  const path = `/programs/${formatId('program', programs.points)}`
  const program = (await app.get(path, apiKey)).body
  assert.equal(program.versions.at(-1).definition.order_ceiling, 10_000)
  await send(till, 'before', { price: 20_000 })
  assert.equal((await till.balances()).points, 10_000)
  const { definition } = program.versions.at(-1)
  const raise = (order_ceiling: unknown) =>
    app.call({
      method: 'POST',
      path: `/api/v1${path}/versions`,
      bearer: apiKey,
      body: { definition: { ...definition, order_ceiling }, effective_from: '2023-01-01T15:00:00Z' },
    })
  assert.equal((await raise(0)).status, 422)
  const raised = await raise(15_000)
  assert.equal(raised.status, 201, JSON.stringify(raised.body))
  // Both were paid at 15:06; one of them was assessed before.
  await send(till, 'before', { price: 20_001, version: 2 })
  assert.deepEqual([(await till.balances()).points, (await shown(till, 'before')).pending.points], [10_000, 10_001])
  await send(till, 'after', { price: 20_000 })
  assert.deepEqual([(await till.balances()).points, (await shown(till, 'after')).pending.points], [25_000, 5_000])
  await till.assertProven()
})

test('C22: released units are added once, the actor is recorded, and a later rejection is refused', async () => {
  const till = await openTill(app)
  await send(till, 'big', { price: 30_000 })
  assert.deepEqual(await till.balances(), units(10_000, 50_000))
  const released = await decide(till, 'big', 'release')
  assert.deepEqual([released.status, released.body.flags], [200, []])
  assert.deepEqual(await till.balances(), units(30_000, 150_000))
  const again = await decide(till, 'big', 'release')
  assert.deepEqual([again.status, again.body], [200, released.body])
  const rejected = await decide(till, 'big', 'reject')
  assert.deepEqual([rejected.status, rejected.body.code], [409, 'conflict'])
  const { ceiling_decision } = await orderOf(app, till, 'big')
  assert.match(ceiling_decision.by, /^key_/)
  assert.deepEqual([ceiling_decision.kind, ceiling_decision.at], ['released', '2023-01-01T16:00:00.000Z'])
  // The same delivery, then a smaller and a larger correction.
  await send(till, 'big', { price: 30_000 })
  assert.deepEqual(await till.balances(), units(30_000, 150_000))
  await send(till, 'big', { price: 20_000, version: 2 })
  assert.deepEqual([await till.balances(), await shown(till, 'big')], [units(20_000, 100_000), CLEAR])
  await send(till, 'big', { price: 1_000_000, version: 3 })
  assert.deepEqual(await till.balances(), units(30_000, 150_000), 'what was not released is pending again')
  assert.deepEqual((await shown(till, 'big')).pending, { points: 970_000, cashback: 4_850_000 })
  await till.assertProven()
})

test('C22: rejected units stay rejected; a smaller order earns normally, and units above the rejected ones are pending', async () => {
  const till = await openTill(app)
  await send(till, 'big', { price: 30_000 })
  const rejected = await decide(till, 'big', 'reject')
  assert.deepEqual([rejected.status, rejected.body.flags], [200, []])
  assert.deepEqual([await till.balances(), await shown(till, 'big')], [units(10_000, 50_000), CLEAR])
  assert.equal((await decide(till, 'big', 'reject')).status, 200)
  assert.equal((await decide(till, 'big', 'release')).status, 409)
  await send(till, 'big', { price: 300, version: 2 })
  assert.deepEqual(await till.balances(), units(300, 1_500))
  await send(till, 'big', { price: 29_000, version: 3 })
  assert.deepEqual([await till.balances(), await shown(till, 'big')], [units(10_000, 50_000), CLEAR])
  await send(till, 'big', { price: 31_000, version: 4 })
  assert.deepEqual(await shown(till, 'big'), { flags: FLAG, pending: { points: 1_000, cashback: 5_000 } })
  assert.equal((await decide(till, 'big', 'release')).status, 200)
  assert.deepEqual([await till.balances(), await shown(till, 'big')], [units(11_000, 55_000), CLEAR])
  await till.assertProven()
})

test('C22: an order updated from 10.00 to 10,000,000.00 gives the ceiling, in every sequence of arrival', async () => {
  const snapshots: Sale[] = [
    { version: 1, price: 10 },
    { version: 2, price: 10_000_000 },
    { version: 3, price: 20_000 },
  ]
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const till = await openTill(app)
    for (const index of order) {
      await send(till, 'grown', snapshots[index] ?? {})
      if (index === 1) assert.ok((await till.balances()).points <= 10_000)
    }
    assert.deepEqual(await till.balances(), units(10_000, 50_000), String(order))
    assert.deepEqual(await shown(till, 'grown'), { flags: FLAG, pending: { points: 10_000, cashback: 50_000 } })
    await till.assertProven()
  }
})

test('C22: returns and voids reduce pending units first, and end at 0', async () => {
  const till = await openTill(app)
  await send(till, 'sale', { price: 10_000, quantity: 3 })
  const back = (id: string, quantity: number) =>
    send(till, id, { price: 10_000, quantity, status: 'Refunded', original: 'sale' })
  await back('r1', 1)
  assert.deepEqual(await till.balances(), units(10_000, 50_000))
  assert.deepEqual(await shown(till, 'sale'), { flags: FLAG, pending: { points: 10_000, cashback: 50_000 } })
  await back('r2', 1)
  assert.deepEqual([await till.balances(), await shown(till, 'sale')], [units(10_000, 50_000), CLEAR])
  assert.equal((await decide(till, 'sale', 'release')).status, 409)
  await back('r3', 1)
  assert.deepEqual(await till.balances(), units(0, 0))
  await send(till, 'other', { price: 30_000 })
  assert.equal((await decide(till, 'other', 'release')).status, 200)
  await send(till, 'other', { price: 30_000, version: 2, status: 'Void' })
  assert.deepEqual([await till.balances(), await shown(till, 'other')], [units(0, 0), CLEAR])
  await send(till, 'third', { price: 30_000 })
  await send(till, 'third', { price: 30_000, version: 2, status: 'Void' })
  assert.deepEqual([await till.balances(), await shown(till, 'third')], [units(0, 0), CLEAR])
  await till.assertProven()
})

test('C22: a release applies to its customer: another customer gets the ceiling', async () => {
  const till = await openTill(app)
  const [first, second] = ['500000001', '500000002']
  await send(till, 'big', { price: 30_000, phone: first })
  await decide(till, 'big', 'release')
  await send(till, 'big', { price: 30_000, version: 2, phone: second })
  assert.deepEqual([(await till.balances()).points, (await till.balances(`+966${second}`)).points], [0, 10_000])
  assert.deepEqual((await shown(till, 'big')).flags, FLAG)
  await send(till, 'big', { price: 30_000, version: 3, phone: first })
  assert.deepEqual([(await till.balances()).points, (await till.balances(`+966${second}`)).points], [30_000, 0])
  assert.deepEqual(await shown(till, 'big'), CLEAR)
  await till.assertProven()
})

test('C22: cards are filled by stamps below the ceiling and by released ones', async () => {
  const till = await openTill(app)
  const won = async () => {
    const [row] = await app.ctx.db.query<{ cards: number }>(
      `select count(*)::int as cards from awards where business_id = $1 and status = 'won'`,
      [till.business.businessId],
    )
    return row?.cards
  }
  await send(till, 'drinks', { price: 1, quantity: 300, category: '_7ad32937' })
  // 100 of 300 stamps: 16 cards of 6, and 4 stamps.
  assert.deepEqual([await won(), (await till.balances()).stamps], [16, 4])
  assert.deepEqual((await shown(till, 'drinks')).pending, { stamps: 200 })
  await decide(till, 'drinks', 'release')
  assert.deepEqual([await won(), (await till.balances()).stamps], [50, 0])
  await send(till, 'drinks', { price: 1, quantity: 300, category: '_7ad32937', version: 2, status: 'Void' })
  assert.deepEqual([await won(), (await till.balances()).stamps], [0, 0])
  await till.assertProven()
})

for (const [what, bought] of [
  ['release', 1_000],
  ['reject', 10],
] as const) {
  test(`C22: 1,000 of a plan in one order are 10 plans; after ${what}: ${bought}`, async () => {
    const till = await openTill(app)
    const plan = { products_bought: ['bulk-plan'], period: { unit: 'month', count: 1 }, uses_per_period: 2 }
    const program = await till.addProgram({ type: 'subscription', plan })
    const uses = async () => {
      const { body } = await app.get(`/customers?phone=${encodeURIComponent('+966500000001')}`, till.business.apiKey)
      return body.data[0].balances.find((one: { program_id: string }) => one.program_id === program)?.available
    }
    await send(till, 'plans', { price: 0.5, quantity: 1_000, product: 'bulk-plan' })
    assert.equal(await uses(), 20)
    assert.deepEqual((await orderOf(app, till, 'plans')).pending, [{ program_id: program, units: 990, granted: 10 }])
    assert.equal((await decide(till, 'plans', what)).status, 200)
    assert.deepEqual([await uses(), await shown(till, 'plans')], [bought * 2, CLEAR])
    await till.assertProven()
  })
}

test('C22: released units use the room that a daily limit leaves at that time', async () => {
  const till = await openTill(app)
  const rules = [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }]
  const program = await till.addProgram({
    type: 'points',
    rules,
    order_ceiling: 10_000,
    caps: { per_customer: { day: 15_000 } },
  })
  const balance = async () => {
    const { body } = await app.get(`/customers?phone=${encodeURIComponent('+966500000001')}`, till.business.apiKey)
    return body.data[0].balances.find((one: { program_id: string }) => one.program_id === program).available
  }
  await send(till, 'a', { price: 30_000 })
  const { pending } = await orderOf(app, till, 'a')
  const mine = pending.find((one: { program_id: string }) => one.program_id === program)
  assert.deepEqual([await balance(), mine.units], [10_000, 5_000], 'no more is pending than the day allows')
  await send(till, 'b', { price: 4_000 })
  assert.equal(await balance(), 14_000)
  await decide(till, 'a', 'release')
  assert.equal(await balance(), 15_000)
  await send(till, 'a', { price: 30_000, version: 2 })
  assert.equal(await balance(), 15_000)
  await till.assertProven()
})

test('C22: a business decides only on its own orders', async () => {
  const [till, other] = [await openTill(app), await openTill(app)]
  await send(till, 'big', { price: 30_000 })
  assert.equal((await decide(till, 'big', 'release', other.business.apiKey)).status, 404)
  assert.equal((await till.balances()).points, 10_000)
  await send(till, 'small', { price: 30 })
  assert.equal((await decide(till, 'small', 'release')).status, 409)
})

test('C22: an order can be released after its delivery was deleted', async () => {
  const till = await openTill(app)
  await send(till, 'old', { price: 30_000 })
  const { businessId } = till.business
  const [row] = await app.ctx.db.query<{ kept: boolean }>(
    `select snapshot is not null as kept from orders where business_id = $1 and pos_order_id = 'old'`,
    [businessId],
  )
  assert.equal(row?.kept, false, 'the frame of the delivery holds it')
  assert.equal((await decide(till, 'old', 'release')).status, 200)
  const [deliveries] = await app.ctx.db.query<{ count: number }>(
    `select count(*)::int as count from deliveries where business_id = $1`,
    [businessId],
  )
  assert.equal(deliveries?.count, 1, 'a decision leaves no delivery')
  await till.assertProven()
})

test('C22: released and rejected units stay so when the customer is merged', async () => {
  for (const [what, points] of [
    ['release', 30_000],
    ['reject', 10_000],
  ] as const) {
    const till = await openTill(app)
    const { customer } = await send(till, 'big', { price: 30_000 })
    await decide(till, 'big', what)
    const { customer: into } = await send(till, 'small', { price: 10, phone: '500000002' })
    const merged = await app.call({
      method: 'POST',
      path: `/api/v1/customers/${customer.id}/merge`,
      bearer: till.business.apiKey,
      body: { into: into.id, reason: 'Sample' },
    })
    assert.equal(merged.status, 200, JSON.stringify(merged.body))
    await send(till, 'big', { price: 30_000, version: 2 })
    assert.deepEqual([(await till.balances('+966500000002')).points, await shown(till, 'big')], [points + 10, CLEAR])
    await till.assertProven()
  }
})
