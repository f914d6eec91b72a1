// When a use counts, and the terms of redemptions that only the order tells of: all at the order's
// own time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BodySpec } from '../../src/integrations/foodics/fixtures/spec.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, claim, claimReward, orderOf } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

/** A Wednesday, noon in Riyadh. */
const clock = new ManualClock('2026-01-14T09:00:00Z')
const app = await testApp(undefined, { clock })

const OFF = { kind: 'fixed_order', discount_amount: 500 }
const posTime = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
const minutes = (count: number) => count * 60_000

interface Holder {
  till: Till
  customer: string
}

/** A customer with 100 points and, where one is given, a plan. */
async function holderOf(plan?: object, times = 1): Promise<Holder & { program: string }> {
  const till = await openTill(app)
  const program = plan
    ? await till.addProgram({
        type: 'subscription',
        plan: {
          products_bought: ['gold'],
          period: { unit: 'month', count: 1 },
          uses_per_period: 30,
          renewal: 'parallel',
          ...plan,
        },
      })
    : ''
  const lines = [{ product: 'gold', price: 100, quantity: times }]
  const { customer } = await till.send({ reference: 1, closedAt: posTime(clock.now()), lines })
  return { till, customer: customer?.id ?? '', program }
}

async function useOf({ till, customer, program }: Holder & { program: string }): Promise<string> {
  const made = await app.call({
    method: 'POST',
    path: `/api/v1/customers/${customer}/claims`,
    bearer: till.business.apiKey,
    body: { program_id: program, valid_minutes: 1440 },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.code
}

let orders = 10

/** An order in which a line of 12.00 was free for the code. */
function orderWith(till: Till, code: string, at: number, spec: BodySpec = {}) {
  orders += 1
  const lines = [{ product: 'latte', price: 12, discount: 12, rewardCode: code }]
  const times = { openedAt: posTime(at), closedAt: posTime(at), updatedAt: posTime(at) }
  return till.body({
    reference: orders,
    lines,
    ...times,
    businessDate: posTime(at + 3 * 3_600_000).slice(0, 10),
    ...spec,
  })
}

async function flags(till: Till, order: ReturnType<Till['body']>): Promise<string[]> {
  return (await orderOf(app, till, order.order.id)).flags.map((flag: { code: string }) => flag.code)
}

const use = (till: Till, code: string, order: string, more: object = {}) =>
  ask(app, till, 'redeem', code, { order_id: order, discount_amount: 12, ...more })

test('A8: a pause of 60 minutes: an order of 10:01 that arrives at 12:00 does not bar a use at 12:05', async () => {
  const holder = await holderOf({ minutes_between_uses: 60 })
  const { till, customer } = holder
  const code = await useOf(holder)
  clock.advance(minutes(1))
  const order = orderWith(till, code, clock.now())
  clock.advance(minutes(119))
  await till.send(order)
  const shown = await claim(app, till, customer)
  assert.equal(shown.status, 'redeemed')
  assert.deepEqual(await flags(till, order), [])
  clock.advance(minutes(5))
  assert.equal((await use(till, await useOf(holder), 'next')).status, 200)
  const early = await use(till, await useOf(holder), 'too-soon')
  assert.deepEqual([early.status, early.body.code], [409, 'too_soon'])
  await till.assertProven()
})

test('A8: before the order is known a use counts at `date` of the call, if that can be right', async () => {
  const holder = await holderOf({ minutes_between_uses: 60 })
  const { till } = holder
  const code = await useOf(holder)
  const at = clock.now()
  clock.advance(minutes(50))
  // The till says that it was 50 minutes ago, when the code was made.
  assert.equal((await use(till, code, 'first', { date: posTime(at) })).status, 200)
  clock.advance(minutes(11))
  const second = await useOf(holder)
  // A time before the code was created, and one in the future, count as now.
  assert.equal((await use(till, second, 'second', { date: '2023-01-01 15:00:00' })).status, 200)
  for (const date of ['2023-01-01 15:00:00', posTime(clock.now() + minutes(90))]) {
    assert.equal((await use(till, await useOf(holder), 'third', { date })).body.code, 'too_soon')
  }
  await till.assertProven()
})

test('A8: once the order is known its own time counts, and the first answer stays what it was', async () => {
  const holder = await holderOf({ minutes_between_uses: 60 })
  const { till, customer } = holder
  const code = await useOf(holder)
  const paidAt = clock.now() + minutes(30)
  const order = orderWith(till, code, paidAt)
  const first = await use(till, code, order.order.id)
  clock.advance(minutes(40))
  await till.send(order)
  const { body } = await app.get(`/customers/${customer}/claims?limit=1`, till.business.apiKey)
  assert.equal(body.data[0].redemption.used_at, new Date(paidAt).toISOString())
  assert.deepEqual((await use(till, code, order.order.id)).body, first.body)
  clock.advance(minutes(49))
  assert.equal((await use(till, await useOf(holder), 'soon')).body.code, 'too_soon', '59 minutes after the order')
  clock.advance(minutes(1))
  assert.equal((await use(till, await useOf(holder), 'then')).status, 200)
  await till.assertProven()
})

test('A8: the order alone tells of more uses than the plan allows: redeemed, and flagged', async () => {
  for (const plan of [{ per_day_limit: 1 }, { minutes_between_uses: 60 }]) {
    const holder = await holderOf(plan)
    const { till, customer } = holder
    assert.equal((await use(till, await useOf(holder), 'first')).status, 200)
    clock.advance(minutes(10))
    const order = orderWith(till, await useOf(holder), clock.now())
    await till.send(order)
    assert.equal((await claim(app, till, customer)).status, 'redeemed')
    assert.deepEqual(await flags(till, order), ['outside_terms'], JSON.stringify(plan))
    // Neither a later snapshot nor a later call of the till changes it.
    clock.advance(1000)
    await till.send({ ...order, order: { ...order.order, updated_at: posTime(clock.now()) } })
    assert.deepEqual(await flags(till, order), ['outside_terms'])
    await till.assertProven()
    clock.advance(minutes(24 * 60))
  }
})

test('A8: branch, hours, weekdays and dates are those of the order', async () => {
  const cases: [string, object, string[]][] = [
    ['hours that hold', { hours: [{ from: '11:00', to: '13:00' }] }, []],
    ['other hours', { hours: [{ from: '18:00', to: '02:00' }] }, ['outside_terms']],
    ['another weekday', { weekdays: ['fri'] }, ['outside_terms']],
    ['not yet', { dates: { from: '2027-01-01' } }, ['outside_terms']],
  ]
  clock.set(Date.parse('2026-02-11T09:00:00Z'))
  for (const [name, terms, expected] of cases) {
    const { till, customer } = await holderOf()
    const code = await claimReward(app, till, customer, await addReward(app, till, 20, { ...OFF, ...terms }))
    const order = orderWith(till, code, clock.now(), {
      lines: [{ price: 20 }],
      discount: { amount: 5, type: 4, rewardCode: code },
    })
    clock.advance(minutes(6 * 60))
    await till.send(order)
    assert.equal((await claim(app, till, customer)).status, 'redeemed', name)
    assert.deepEqual(await flags(till, order), expected, name)
    await till.assertProven()
    clock.advance(minutes(18 * 60))
    clock.set(clock.now() + minutes(6 * 24 * 60))
  }
})

test('A8: an order that loses its code and gets it again is checked against the terms again', async () => {
  const { till, customer } = await holderOf()
  const night = { ...OFF, hours: [{ from: '18:00', to: '02:00' }] }
  const code = await claimReward(app, till, customer, await addReward(app, till, 20, night))
  const discount = { amount: 5, type: 4, rewardCode: code }
  const order = orderWith(till, code, clock.now(), { lines: [{ price: 20 }], discount })
  const send = (isNamed: boolean) => {
    clock.advance(1000)
    const text = JSON.stringify(order, (key, value) => (key === 'loyalty' && !isNamed ? undefined : value))
    const body: typeof order = JSON.parse(text)
    return till.send({ ...body, order: { ...body.order, updated_at: posTime(clock.now()) } })
  }
  const statuses: string[] = []
  for (const isNamed of [true, false, true]) {
    await send(isNamed)
    statuses.push((await claim(app, till, customer)).status)
  }
  assert.deepEqual(statuses, ['redeemed', 'restored', 'redeemed'])
  assert.deepEqual(await flags(till, order), ['outside_terms'])
  await till.assertProven()
})

test('A8: another branch: in the order alone, or where the till named none', async () => {
  for (const told of [false, true]) {
    const { till, customer } = await holderOf()
    const branches = await app.get('/branches', till.business.apiKey)
    const terms = { ...OFF, branches: [branches.body.data[0].id] }
    const code = await claimReward(app, till, customer, await addReward(app, till, 20, terms))
    const order = orderWith(till, code, clock.now(), {
      lines: [{ price: 20 }],
      discount: { amount: 5, type: 4, rewardCode: code },
    })
    order.order.branch.id = 'another-branch'
    if (told) {
      const more = { order_id: order.order.id, discount_amount: 5 }
      assert.equal((await ask(app, till, 'redeem', code, more)).status, 200)
    }
    await till.send(order)
    assert.deepEqual(await flags(till, order), ['outside_terms'])
    await till.assertProven()
  }
})

test('A8: redemptions exceed the limit per customer because the first order arrived late', async () => {
  const { till, customer } = await holderOf()
  const reward = await addReward(app, till, 20, { ...OFF, limits: { per_customer: 1 } })
  const first = await claimReward(app, till, customer, reward)
  const order = orderWith(till, first, clock.now(), {
    lines: [{ price: 20 }],
    discount: { amount: 5, type: 4, rewardCode: first },
  })
  clock.advance(minutes(11))
  const second = await claimReward(app, till, customer, reward)
  assert.equal((await ask(app, till, 'redeem', second, { order_id: 'other', discount_amount: 5 })).status, 200)
  await till.send(order)
  assert.deepEqual(await flags(till, order), ['outside_terms'])
  await till.assertProven()
})

test('A8: two uses of a plan for one a day in one order', async () => {
  const holder = await holderOf({ per_day_limit: 1 })
  const { till } = holder
  const codes = [await useOf(holder), await useOf(holder)]
  const lines = codes.map((code) => ({ product: 'latte', price: 12, discount: 12, rewardCode: code }))
  const order = orderWith(till, '', clock.now(), { lines })
  await till.send(order)
  assert.deepEqual(await flags(till, order), ['outside_terms'])
  await till.assertProven()
})

test('the till uses the time of an order that it was paid at, not of the call', async () => {
  const holder = await holderOf({ per_day_limit: 1 })
  const { till } = holder
  const code = await useOf(holder)
  const order = orderWith(till, code, clock.now(), {
    lines: [{ product: 'latte', price: 12, discount: 12, discountType: 4 }],
  })
  await till.send(order)
  // The next day: the use counts for the day of the order.
  clock.advance(minutes(16 * 60))
  assert.equal((await use(till, code, order.order.id)).status, 200)
  assert.equal((await use(till, await useOf(holder), 'today')).status, 200)
  await till.assertProven()
})

test('A8: limits of a plan hold for each purchased plan', async () => {
  const holder = await holderOf({ per_day_limit: 1, minutes_between_uses: 60 }, 2)
  const { till } = holder
  const codes = [await useOf(holder), await useOf(holder), await useOf(holder)]
  assert.equal((await use(till, codes[0] ?? '', 'one')).status, 200)
  assert.equal((await use(till, codes[1] ?? '', 'two')).status, 200)
  assert.equal((await use(till, codes[2] ?? '', 'three')).body.code, 'use_limit_reached')
  // Bought again, in a separate order.
  await till.send({ reference: 5, closedAt: posTime(clock.now()), lines: [{ product: 'gold', price: 100 }] })
  assert.equal((await use(till, await useOf(holder), 'three')).status, 200)
  assert.equal((await use(till, await useOf(holder), 'four')).body.code, 'use_limit_reached')
  await till.assertProven()
})
