// One business with too many requests does not slow down the others.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { API_QUEUE } from '../../src/http/plugins/request-queue.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { type Answer, type TestBusiness, testApp } from '../support/app.ts'
import { codesOf } from '../support/codes.ts'
import { untilWaiting } from '../support/database.ts'

const app = await testApp()
const { ctx, business: busy } = app
const other = await app.newBusiness('550921')
const codes = codesOf(app, other)
const customer = await codes.customer(1_000)

const LOCK_ACCOUNTS = 'lock table installations in access exclusive mode'

/** Holds a database lock until the test ends or releases it. */
async function hold(t: TestContext, statement: string, values: unknown[] = []): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const holding = ctx.db.transaction(async (tx) => {
    await tx.query(statement, values)
    held.resolve()
    await released
  })
  await held.promise
  const letGo = async () => {
    release()
    await holding
  }
  t.after(letGo)
  return letGo
}

function lists(of: TestBusiness, count: number): Promise<Answer>[] {
  return Array.from({ length: count }, () => app.get('/pos-accounts', of.apiKey))
}

async function waitingInDatabase(): Promise<number> {
  const [row] = await ctx.db.query<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  )
  return row?.n ?? 0
}

/** An order, a check, a list and a health check of another business. */
async function assertOthersAreServed(): Promise<void> {
  const order = await app.post(foodicsBody({ business: { reference: other.reference } }))
  assert.deepEqual([order.status, order.body.result === 'failed'], [200, false], JSON.stringify(order.body))
  const claim = await codes.claim(customer.id)
  assert.equal(claim.status, 201, JSON.stringify(claim.body))
  const check = await codes.check({ code: claim.body.code, phone: customer.phone })
  assert.equal(check.status, 200, JSON.stringify(check.body))
  assert.equal((await app.get('/customers', other.apiKey)).status, 200)
  assert.equal((await app.call({ path: '/readyz' })).status, 200)
}

test('of 60 lists of one business, the allowed number uses the database, the others wait, and every other business is served', async (t) => {
  const letGo = await hold(t, LOCK_ACCOUNTS)
  const asked = lists(busy, 60)
  await untilWaiting(ctx.db, API_QUEUE.maxListsOfOne)
  await assertOthersAreServed()
  const found = await app.get(`/customers/${customer.id}`, busy.apiKey)
  assert.equal(found.status, 404, 'its own request for one thing does not wait behind its lists')
  assert.equal(await waitingInDatabase(), API_QUEUE.maxListsOfOne)
  await letGo()
  for (const { status } of await Promise.all(asked)) assert.equal(status, 200)
})

test('lists beyond the queue are refused with 429 and Retry-After', async (t) => {
  const letGo = await hold(t, LOCK_ACCOUNTS)
  const { maxListsOfOne, maxWaitingOfOne } = API_QUEUE
  const asked = lists(busy, maxListsOfOne + maxWaitingOfOne)
  await untilWaiting(ctx.db, maxListsOfOne)
  const refused = await Promise.race([...asked, app.get('/pos-accounts', busy.apiKey)])
  assert.deepEqual([refused.status, refused.body.code], [429, 'rate_limited'])
  assert(Number(refused.headers.get('retry-after')) > 0)
  await assertOthersAreServed()
  await letGo()
  await Promise.all(asked)
})

test('40 redemptions of one business that wait for its lock use two connections, and the tills of others are served', async (t) => {
  const letGo = await hold(t, 'select from business_locks where business_id = $1 for update', [busy.businessId])
  const till = codesOf(app, busy)
  const asked = Array.from({ length: 40 }, (_, n) =>
    till.redeem({ code: '00000000', phone: '0500000009', order: `sample-${n}` }),
  )
  await untilWaiting(ctx.db, 2)
  await assertOthersAreServed()
  assert.equal(await waitingInDatabase(), 2)
  await letGo()
  const answers = await Promise.all(asked)
  assert(answers.every(({ status }) => status === 404 || status === 429))
})
