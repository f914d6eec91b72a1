// A redemption that staff returns, because its discount never reached the order; and what the order
// may still say of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, claimReward, orderOf } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

const clock = new ManualClock('2026-01-14T09:00:00Z')
const app = await testApp(undefined, { clock })

const now = () => new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')
const redemption = (order: string) => ({ order_id: order, discount_amount: 5 })

interface Redeemed {
  till: Till
  customer: string
  code: string
  claimId: string
}

/** A customer with 24 points, of whom 20 are redeemed for 5.00 off order 2. */
async function redeemed(): Promise<Redeemed & { order: ReturnType<Till['body']> }> {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1 })
  const id = customer?.id ?? ''
  const code = await claimReward(
    app,
    till,
    id,
    await addReward(app, till, 20, { kind: 'fixed_order', discount_amount: 500 }),
  )
  const order = till.body({ reference: 2, closedAt: now(), updatedAt: now() })
  assert.equal((await ask(app, till, 'redeem', code, redemption(order.order.id))).status, 200)
  const { body } = await app.get(`/customers/${id}/claims?limit=1`, till.business.apiKey)
  return { till, customer: id, code, claimId: body.data[0].id, order }
}

function returnIt({ till, claimId }: Redeemed, reason = 'The discount was not applied', key?: string) {
  return app.call({
    method: 'POST',
    path: `/api/v1/claims/${claimId}/return`,
    bearer: till.business.apiKey,
    body: { reason },
    ...(key && { headers: { 'idempotency-key': key } }),
  })
}

async function claimOf({ till, claimId }: Redeemed) {
  return (await app.get(`/claims/${claimId}`, till.business.apiKey)).body
}

/** Later snapshots of the order, each a second after the one before. */
function snapshot({ till }: Redeemed, more: object = {}) {
  clock.advance(1000)
  return till.body({ reference: 2, closedAt: now(), updatedAt: now(), ...more })
}

test('A16: the discount never reached the order: the points are back, and the ledger says why', async () => {
  const one = await redeemed()
  const { till, customer } = one
  await till.send(one.order)
  const [flag] = (await orderOf(app, till, one.order.order.id)).flags
  assert.equal(flag.code, 'discount_not_in_order')
  assert.equal((await till.balances()).points, 28)
  const answer = await returnIt(one)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body.status, 'restored')
  assert.deepEqual(answer.body.redemption.returned, {
    returned_at: new Date(clock.now()).toISOString(),
    by: formatId('apiKey', await keyOf(till)),
    actor: { kind: 'key', id: formatId('apiKey', await keyOf(till)) },
    reason: 'The discount was not applied',
  })
  assert.equal((await till.balances()).points, 48)
  const { body } = await app.get(`/customers/${customer}/ledger?limit=1`, till.business.apiKey)
  assert.equal(
    body.data[0].why.en,
    'Returned by staff: 20 points redeemed for “Sample” restored: The discount was not applied',
  )
  assert.match(body.data[0].why.ar, /إرجاع يدوي/)
  assert.deepEqual((await orderOf(app, till, one.order.order.id)).flags, [])
  await till.assertProven()
})

test('A16: returned once: not again by hand, nor by a void or a return of the order, in either order of arrival', async () => {
  for (const isKnown of [true, false]) {
    const one = await redeemed()
    const { till } = one
    if (isKnown) await till.send(one.order)
    assert.equal((await returnIt(one)).status, 200)
    const again = await returnIt(one)
    assert.deepEqual([again.status, again.body.code, again.body.claim_status], [409, 'conflict', 'restored'])
    if (!isKnown) await till.send(one.order)
    assert.equal((await till.balances()).points, 48)
    await till.send({ reference: 3, returns: { id: one.order.order.id } })
    await till.send(snapshot(one, { status: 7 }))
    assert.equal((await till.balances()).points, 24)
    assert.equal((await claimOf(one)).status, 'restored')
    await till.assertProven()
  }
})

test('A16: the same Idempotency-Key returns once and answers the same', async () => {
  const one = await redeemed()
  const first = await returnIt(one, 'Sample', 'return-1')
  const second = await returnIt(one, 'Sample', 'return-1')
  assert.deepEqual([second.status, second.body], [200, first.body])
  assert.equal((await one.till.balances()).points, 24)
  await one.till.assertProven()
})

test('A16: what the order shows is not returned by hand', async () => {
  const one = await redeemed()
  await one.till.send(snapshot(one, { discount: { amount: 5, type: 4, rewardCode: one.code } }))
  assert.equal((await returnIt(one)).body.code, 'conflict')
  const silent = await redeemed()
  await silent.till.send(snapshot(silent, { discount: { amount: 5, type: 4 } }))
  assert.equal((await returnIt(silent)).body.code, 'conflict', 'a redemption without a code is this one')
  assert.equal((await claimOf(silent)).status, 'redeemed')
})

test('A16: a later snapshot that shows the code redeems it again; a snapshot without it or a void restores it', async () => {
  const one = await redeemed()
  const { till, code } = one
  assert.equal((await returnIt(one)).status, 200)
  const withCode = { discount: { amount: 5, type: 4, rewardCode: code } }
  await till.send(snapshot(one, withCode))
  assert.equal((await claimOf(one)).status, 'redeemed')
  // 24 − 20, and 19 for the order.
  assert.equal((await till.balances()).points, 23)
  assert.deepEqual((await orderOf(app, till, one.order.order.id)).flags, [])
  await till.send(snapshot(one))
  assert.deepEqual([(await claimOf(one)).status, (await till.balances()).points], ['restored', 48])
  await till.send(snapshot(one, withCode))
  await till.send(snapshot(one, { ...withCode, status: 7 }))
  assert.deepEqual([(await claimOf(one)).status, (await till.balances()).points], ['restored', 24])
  await till.assertProven()
})

test('A16: a stamp card that is returned by hand is full again', async () => {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1, closedAt: now(), lines: [{ price: 10, quantity: 6 }] })
  const path = `/api/v1/customers/${customer?.id}/claims`
  const body = { program_id: formatId('program', till.business.programs.stamps) }
  const made = await app.call({ method: 'POST', path, bearer: till.business.apiKey, body })
  await ask(app, till, 'redeem', made.body.code, { order_id: 'o', discount_amount: 10 })
  const one = { till, customer: customer?.id ?? '', code: made.body.code, claimId: made.body.id }
  assert.equal((await returnIt(one)).status, 200)
  assert.equal((await app.call({ method: 'POST', path, bearer: till.business.apiKey, body })).status, 201)
  await till.assertProven()
})

test('A16: a reason is needed, and a claim that was not redeemed is not returned', async () => {
  const one = await redeemed()
  const blank = await returnIt(one, '  ')
  assert.deepEqual([blank.status, blank.body.errors[0].pointer], [422, '/reason'])
  const reward = await addReward(app, one.till, 1, { kind: 'fixed_order', discount_amount: 1 })
  await claimReward(app, one.till, one.customer, reward)
  const { body } = await app.get(`/customers/${one.customer}/claims?limit=1`, one.till.business.apiKey)
  const held = await returnIt({ ...one, claimId: body.data[0].id })
  assert.deepEqual([held.status, held.body.claim_status], [409, 'held'])
})

async function keyOf({ business }: Till): Promise<string> {
  const [row] = await app.ctx.db.query<{ id: string }>('select id from api_keys where business_id = $1', [
    business.businessId,
  ])
  return row?.id ?? ''
}
