// Tables that were joined: what was redeemed on an order belongs to the order that took its goods,
// in every order of arrival.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BodySpec } from '../../src/integrations/foodics/fixtures/spec.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { returnJoined } from '../../src/worker/joins.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, claim, claimReward, orderOf } from '../support/claims.ts'
import { type AnswerWithUnits, openTill } from '../support/till.ts'

const START = '2023-01-01T16:00:00Z'
const HOUR_MS = 3_600_000
const clock = new ManualClock(START)
const app = await testApp(undefined, { clock })

const X = { id: 'order-x', reference: 11 }
const Y = { id: 'order-y', reference: 12 }
const Z = { id: 'order-z', reference: 13 }

/** A customer with 100 points who has claimed 5.00 off for 20 of them, and has a code for it. */
async function shopWithClaim() {
  clock.set(START)
  const till = await openTill(app)
  const first = await till.send({ reference: 1, lines: [{ price: 100 }] })
  const customerId = first.customer?.id ?? ''
  const reward = await addReward(app, till, 20, { kind: 'fixed_order', discount_amount: 500 })
  const code = await claimReward(app, till, customerId, reward)
  const claimed = async () => {
    const { status, redemption } = (await claim(app, till, customerId)) as unknown as {
      status: string
      redemption: { order_id: string; pos_order_id: string } | null
    }
    return [status, redemption?.pos_order_id ?? null]
  }
  const redeem = (order = X.id) => ask(app, till, 'redeem', code, { order_id: order, discount_amount: 5 })
  const points = async () => (await till.balances()).points
  const flags = async (order: string) =>
    (await orderOf(app, till, order)).flags.map((flag: { code: string }) => flag.code) as string[]
  return { till, customerId, code, claimed, redeem, points, flags }
}

/** X was absorbed: its lines have moved. */
const joined = (order = X): BodySpec => ({ ...order, status: 6, lines: [{ price: 30, status: 4 }] })

/** 50.00 of goods less the 5.00: total 45.00. */
const paid = (code: string | null, more: BodySpec = {}): BodySpec => ({
  ...Y,
  lines: [{ price: 50 }],
  joined: [X.id],
  discount: { amount: 5, type: 4, ...(code !== null && { rewardCode: code }) },
  ...more,
})

for (const order of [
  ['x', 'y'],
  ['y', 'x'],
] as const) {
  test(`A3: X is joined into Y, ${order.join(' before ')}: 125 points, redeemed for Y, no flag`, async () => {
    const { till, code, claimed, redeem, points, flags } = await shopWithClaim()
    assert.equal((await redeem()).status, 200)
    assert.equal(await points(), 80)
    const bodies = { x: joined(), y: paid(code) }
    for (const one of order) await till.send(bodies[one])
    // 100 − 20 + 45.
    assert.equal(await points(), 125)
    assert.deepEqual(await claimed(), ['redeemed', Y.id])
    assert.deepEqual([await flags(X.id), await flags(Y.id)], [[], []])
    assert.deepEqual(
      [(await orderOf(app, till, X.id)).status, (await orderOf(app, till, X.id)).reason],
      ['joined', 'joined'],
    )
    await till.assertProven()
    // Repetitions change nothing.
    for (const one of order) await till.send(bodies[one])
    assert.equal((await redeem()).status, 200)
    assert.equal(await points(), 125)
    await till.assertProven()
  })

  test(`A3: Y names X and carries no code, ${order.join(' before ')}: 125 points, redeemed for Y`, async () => {
    const { till, claimed, redeem, points, flags } = await shopWithClaim()
    await redeem()
    const bodies = { x: joined(), y: paid(null) }
    for (const one of order) await till.send(bodies[one])
    assert.equal(await points(), 125)
    assert.deepEqual(await claimed(), ['redeemed', Y.id])
    assert.deepEqual(await flags(Y.id), [])
    await till.assertProven()
  })

  test(`A3: Y carries the code and does not name X, ${order.join(' before ')}: 125 points, redeemed for Y`, async () => {
    const { till, code, claimed, redeem, points, flags } = await shopWithClaim()
    await redeem()
    const bodies = { x: joined(), y: paid(code, { joined: undefined }) }
    for (const one of order) await till.send(bodies[one])
    assert.equal(await points(), 125)
    assert.deepEqual(await claimed(), ['redeemed', Y.id])
    assert.deepEqual([await flags(X.id), await flags(Y.id)], [[], []])
    await till.assertProven()
  })

  test(`A3: Y is voided, ${order.join(' before ')}: the reward is restored once`, async () => {
    const { till, code, claimed, redeem, points } = await shopWithClaim()
    await redeem()
    const bodies = { x: joined(), y: paid(code) }
    for (const one of order) await till.send(bodies[one])
    const undone = paid(code, { status: 7, updatedAt: '2023-01-01 15:30:00' })
    assert.equal((await till.send(undone)).result, 'processed')
    assert.deepEqual([await points(), await claimed()], [100, ['restored', Y.id]])
    await till.send(undone)
    await till.send(bodies.x)
    await till.send({ ...joined(), updatedAt: '2023-01-01 15:40:00' })
    assert.deepEqual([await points(), await claimed()], [100, ['restored', Y.id]])
    await till.assertProven()
  })
}

/** All orders of a few things. */
function permutations<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]]
  return all.flatMap((one, at) => permutations(all.filter((_, index) => index !== at)).map((rest) => [one, ...rest]))
}

test('A3: Y is joined again into Z: in all 24 orders of the redeem call and the three orders, 125 points and redeemed for Z', async () => {
  for (const order of permutations(['redeem', 'x', 'y', 'z'] as const)) {
    const { till, code, claimed, redeem, points, flags } = await shopWithClaim()
    const bodies = { x: joined(), y: { ...joined(Y), joined: [X.id] }, z: paid(code, { ...Z, joined: [Y.id] }) }
    for (const one of order) {
      if (one === 'redeem') assert.equal((await redeem()).status, 200, order.join())
      else await till.send(bodies[one])
    }
    assert.deepEqual([await points(), await claimed()], [125, ['redeemed', Z.id]], order.join())
    for (const id of [X.id, Y.id, Z.id]) assert.deepEqual(await flags(id), [], `${order.join()}: ${id}`)
    await till.assertProven()
  }
})

test('A3: joined orders are named by ids or objects, as text or numbers', async () => {
  const shapes: unknown[] = [
    [4711],
    ['4711'],
    [{ id: 4711 }],
    [{ id: '4711', reference: 5 }],
    { id: 4711 },
    4711,
    [null, {}, '4711'],
  ]
  for (const shape of shapes) {
    const { till, claimed, redeem, points } = await shopWithClaim()
    await redeem('4711')
    await till.send(paid(null, { joined: shape }))
    assert.deepEqual([await points(), await claimed()], [125, ['redeemed', Y.id]], JSON.stringify(shape))
    await till.assertProven()
  }
})

test('A3: a redeem call for X that arrives after X was joined into Y counts for Y', async () => {
  for (const named of [[X.id], undefined]) {
    const { till, code, claimed, redeem, points, flags } = await shopWithClaim()
    await till.send(joined())
    await till.send(paid(named ? null : code, { joined: named }))
    const answer = await redeem()
    assert.deepEqual([answer.status, answer.body.status], [200, 'redeemed'])
    assert.deepEqual([await points(), await claimed(), await flags(Y.id)], [125, ['redeemed', Y.id], []])
    assert.equal((await redeem()).body.redemption_id, answer.body.redemption_id)
    // For a third order the code is used.
    assert.equal((await redeem('order-q')).body.code, 'reward_used')
    await till.assertProven()
  }
})

test('A3: without Y the reward is restored after 24 hours and X is flagged; when Y arrives later, it is spent for Y', async () => {
  const { till, code, claimed, redeem, points, flags } = await shopWithClaim()
  await redeem()
  await till.send(joined())
  assert.deepEqual([await points(), await claimed()], [80, ['redeemed', X.id]])
  clock.advance(24 * HOUR_MS - 1)
  await returnJoined(app.ctx)
  assert.deepEqual([await points(), await flags(X.id)], [80, []])
  clock.advance(1)
  await Promise.all([returnJoined(app.ctx), returnJoined(app.ctx)])
  assert.deepEqual(
    [await points(), await claimed(), await flags(X.id)],
    [100, ['restored', X.id], ['joined_order_missing']],
  )
  await till.send({ ...joined(), updatedAt: '2023-01-01 15:40:00' })
  assert.deepEqual([await points(), await flags(X.id)], [100, ['joined_order_missing']])
  await till.assertProven()
  await till.send(paid(code))
  assert.deepEqual([await points(), await claimed()], [125, ['redeemed', Y.id]])
  assert.deepEqual([await flags(X.id), await flags(Y.id)], [[], []])
  await till.assertProven()
})

test('A3: a newer Y that does not name X any more gives the redemption back to X, where it waits', async () => {
  const { till, claimed, redeem, points } = await shopWithClaim()
  await redeem()
  await till.send(joined())
  await till.send(paid(null))
  await till.send(paid(null, { joined: undefined, updatedAt: '2023-01-01 15:30:00' }))
  assert.deepEqual([await points(), await claimed()], [125, ['redeemed', X.id]])
  clock.advance(24 * HOUR_MS)
  await returnJoined(app.ctx)
  assert.deepEqual([await points(), await claimed()], [145, ['restored', X.id]])
  await till.assertProven()
})

test('A3: a return of Y that repeats its joined orders does not take the redemption; a full return gives it back', async () => {
  const { till, code, claimed, redeem, points } = await shopWithClaim()
  await redeem()
  await till.send(joined())
  await till.send(paid(code))
  await till.send({ id: 'order-r', reference: 20, returns: { id: Y.id }, lines: [{ price: 50 }], joined: [X.id] })
  assert.deepEqual([await points(), await claimed()], [100, ['restored', Y.id]])
  await till.assertProven()
})

test('A3: an order that was paid and is joined then gives back what it earned, once', async () => {
  const { till, points } = await shopWithClaim()
  await till.send({ ...X, lines: [{ price: 30 }] })
  assert.equal(await points(), 110)
  const answer: AnswerWithUnits = await till.send({ ...joined(), updatedAt: '2023-01-01 15:30:00' })
  assert.deepEqual([answer.reason, answer.order?.status], ['joined', 'joined'])
  assert.match(answer.movements[0]?.why.en ?? '', /^The order was joined into another order/)
  assert.equal(await points(), 80)
  await till.assertProven()
})

test('A3: orders that name each other, or themselves, are processed', async () => {
  const { till, claimed, redeem, points } = await shopWithClaim()
  await redeem()
  await till.send(paid(null, { ...X, joined: [Y.id, X.id] }))
  await till.send(paid(null, { ...Y, joined: [X.id] }))
  // Two paid orders of 45.00; the reward stays where it was redeemed.
  assert.deepEqual([await points(), await claimed()], [170, ['redeemed', X.id]])
  await till.assertProven()
})

test('A3: cashback moves with the join, and the part that Y returns is restored', async () => {
  clock.set(START)
  const till = await openTill(app)
  const first = await till.send({ reference: 1, lines: [{ price: 200 }] })
  assert.equal(first.units.cashback, 1000)
  const program = (await app.get('/programs', till.business.apiKey)).body.data.find(
    (p: { type: string }) => p.type === 'cashback',
  )
  const path = `/api/v1/customers/${first.customer?.id}/claims`
  const made = await app.call({
    method: 'POST',
    path,
    bearer: till.business.apiKey,
    body: { program_id: program.id, amount: 1000 },
  })
  await ask(app, till, 'redeem', made.body.code, { order_id: X.id, discount_amount: 10 })
  await till.send(joined())
  await till.send({
    ...Y,
    joined: [{ id: X.id }],
    lines: [{ price: 50 }],
    discount: { amount: 10, type: 4, rewardCode: made.body.code },
  })
  // 5 % of 40.00.
  assert.equal((await till.balances()).cashback, 200)
  await till.send({ id: 'order-r', reference: 20, returns: { id: Y.id }, lines: [{ price: 50 }] })
  assert.equal((await till.balances()).cashback, 1000)
  await till.assertProven()
})

test('A3: the standard shape has no joined orders: the word is unknown and kept', async () => {
  const till = await openTill(app)
  const body = standardBody({ status: 'Joined', business: { reference: till.business.reference } })
  const { status, body: answer } = await app.post(body, { pos: 'standard' })
  assert.deepEqual([status, answer.result, answer.reason], [200, 'ignored', 'unknown_status'])
})

test('A3: staff return what waits on a joined order: it is back at once, and no order is missing', async () => {
  const { till, customerId, claimed, redeem, points, flags } = await shopWithClaim()
  await redeem()
  await till.send(joined())
  const { id } = (await claim(app, till, customerId)) as unknown as { id: string }
  const path = `/api/v1/claims/${id}/return`
  const returned = await app.call({ method: 'POST', path, bearer: till.business.apiKey, body: { reason: 'Sample' } })
  assert.equal(returned.status, 200, JSON.stringify(returned.body))
  assert.deepEqual([await points(), await claimed(), await flags(X.id)], [100, ['restored', X.id], []])
  await till.assertProven()
})
