// Refunds by amount: they deduct points, and leave a purchased plan.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { testApp } from '../support/app.ts'
import { assertProven } from '../support/ledger.ts'

const app = await testApp()

/** A plan for 100.00, bought in the standard format; `refunds` are in the order's own snapshot. */
function bought(reference: number, phone: string, refunds: object[] = [], version = 0) {
  const seconds = 1672585625 + version
  return standardBody({
    reference,
    business: { reference: 440810 },
    timestamp: seconds,
    lines: [{ product_id: 'coffee-plan', category_id: 'plans', price: 100, quantity: 1 }],
    order: {
      updated_at: new Date(seconds * 1000).toISOString(),
      customer: { name: 'Sample Customer', dial_code: 966, phone },
      refunds,
    },
  })
}

/** A separate order that refunds money and no goods. */
function moneyBack(of: number, amount: number) {
  return standardBody({
    reference: of + 1000,
    business: { reference: 440810 },
    status: 'Refunded',
    lines: [],
    total: amount,
    order: { original_order_id: bought(of, '').order.id, customer: null, subtotal: amount },
  })
}

async function post(body: object): Promise<{ plan: number; points: number; result: string }> {
  const { status, body: answer } = await app.post(body, { pos: 'standard' })
  assert.equal(status, 200, JSON.stringify(answer))
  return { ...(await held(body)), result: answer.result }
}

/** Plans that the customer holds, and their points. */
async function held(body: object): Promise<{ plan: number; points: number }> {
  const phone = `+966${(body as ReturnType<typeof bought>).order.customer?.phone ?? lastPhone}`
  lastPhone = phone.slice(4)
  const [row] = await app.ctx.db.query<{ plan: number; points: number }>(
    `select (select coalesce(sum(quantity), 0)::int from subscriptions s where s.business_id = $1 and s.customer_id = c.id) as plan,
       (select a.available from accounts a join programs p on p.business_id = a.business_id and p.id = a.program_id and p.type = 'points'
        where a.business_id = $1 and a.customer_id = c.id) as points
     from customers c where c.business_id = $1 and c.phone = $2`,
    [app.business.businessId, phone],
  )
  assert(row)
  return row
}
let lastPhone = ''

test('a refund of 10.00 on a plan bought for 100.00 deducts 10 points, and the plan stays', async () => {
  assert.deepEqual(await post(bought(1, '500000101')), { plan: 1, points: 100, result: 'processed' })
  const refund = { id: 'r1', amount: 10 }
  assert.deepEqual(await post(bought(1, '500000101', [refund], 1)), { plan: 1, points: 90, result: 'processed' })
  // The same id twice in one order, and again in a later snapshot, is one refund.
  assert.deepEqual(await post(bought(1, '500000101', [refund, refund], 2)), {
    plan: 1,
    points: 90,
    result: 'processed',
  })
  // The latest snapshot states the refunds.
  assert.deepEqual(await post(bought(1, '500000101', [{ id: 'r1', amount: 25 }], 3)), {
    plan: 1,
    points: 75,
    result: 'processed',
  })
  assert.deepEqual(await post(bought(1, '500000101', [refund], 1)), { plan: 1, points: 75, result: 'duplicate' })
  await assertProven(app.ctx.db, app.business)
})

test('one refund id with two amounts in one order is answered 422 with the field', async () => {
  const body = bought(2, '500000102', [
    { id: 'r1', amount: 10 },
    { id: 'r1', amount: 20 },
  ])
  const { status, body: problem } = await app.post(body, { pos: 'standard' })
  assert.equal(status, 422)
  assert.deepEqual(
    problem.errors.map((error: { pointer: string }) => error.pointer),
    ['/order/refunds/1/amount'],
  )
})

test('a plan ends when its own line is returned, or the full amount is refunded', async () => {
  await post(bought(3, '500000103'))
  const line = { id: 'r1', amount: 100, lines: [{ line_id: '1', quantity: 1 }] }
  assert.deepEqual(await post(bought(3, '500000103', [line], 1)), { plan: 0, points: 0, result: 'processed' })
  await post(bought(4, '500000104'))
  const parts = [
    { id: 'r1', amount: 40 },
    { id: 'r2', amount: 60 },
  ]
  assert.deepEqual(await post(bought(4, '500000104', parts, 1)), { plan: 0, points: 0, result: 'processed' })
  await assertProven(app.ctx.db, app.business)
})

test('a refund by amount in a separate order leaves the plan too, in either order of arrival', async () => {
  await post(bought(5, '500000105'))
  assert.deepEqual(await post(moneyBack(5, 10)), { plan: 1, points: 90, result: 'processed' })
  const early = await app.post(moneyBack(6, 10), { pos: 'standard' })
  assert.equal(early.body.result, 'parked')
  assert.deepEqual(await post(bought(6, '500000106')), { plan: 1, points: 90, result: 'processed' })
  await assertProven(app.ctx.db, app.business)
})
