// Back-tests over HTTP: requested, run by the job, read with names, cancelled.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { runNextBackTest } from '../../../backtests/run.ts'
import { createApiKey } from '../../../businesses/api-keys.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2023-01-05T12:00:00Z')
const app = await testApp(undefined, { clock })
const { send, get } = callerOf(app)
const points = formatId('program', app.business.programs.points)
const run = () => runNextBackTest({ db: app.ctx.db, clock, log: app.ctx.log }, app.business.businessId)
const double = { rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 2, per: 100 } }] }

for (const id of ['b-1', 'b-2']) {
  const sold = await app.post(standardBody({ id, business: { reference: '440810' } }), { pos: 'standard' })
  assert.equal(sold.status, 200, JSON.stringify(sold.body))
}

test('a draft is tested beside what was given: units, money, days, branches, customers', async () => {
  const made = await send('POST', `/programs/${points}/back-tests`, { days: 30, definition: double })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual([made.body.status, made.body.orders, made.body.version], ['waiting', null, null])
  assert.deepEqual([made.body.from, made.body.to], ['2022-12-07', '2023-01-05'])
  assert.equal(await run(), 'done')
  const { body } = await get(`/back-tests/${made.body.id}`)
  assert.deepEqual([body.status, body.orders, body.assessed], ['done', 2, 2])
  const { result } = body
  // Two orders of 24.00: 24 points each, 48 by the draft.
  assert.deepEqual([result.actual, result.tested, result.orders], [48, 96, 2])
  // The coffee of the sample business: 20.00 for 15 points.
  assert.deepEqual(result.worth, { actual: 6_400, tested: 12_800, amount: 2_000, units: 15 })
  assert.equal(result.days.length, 30)
  const sold = result.days.filter(({ orders }: { orders: number }) => orders > 0)
  assert.equal(sold.length, 1)
  assert.deepEqual([sold[0].actual, sold[0].tested], [48, 96])
  assert.deepEqual(result.weekdays.map(({ weekday }: { weekday: string }) => weekday)[0], 'mon')
  assert.equal(result.branches[0].branch_name !== null, true)
  assert.deepEqual([result.more.customers, result.more.units, result.less.customers, result.same], [1, 48, 0, 0])
  assert.equal(typeof result.more.greatest[0].customer_name, 'string')
  const list = await get(`/programs/${points}/back-tests`)
  assert.deepEqual(
    list.body.data.map(({ id }: { id: string }) => id),
    [made.body.id],
  )
  const { secret } = await createApiKey(
    app.ctx.db.by('system:test'),
    { businessId: app.business.businessId, name: 'Sample', scopes: ['programs:read'] },
    app.ctx,
  )
  const masked = await app.get(`/back-tests/${made.body.id}`, secret)
  assert.equal(masked.body.result.more.greatest[0].customer_name, null, 'without customers:read')
})

test('the version in force gives what was given', async () => {
  const made = await send('POST', `/programs/${points}/back-tests`, { days: 30 })
  assert.equal(made.body.version, 1)
  assert.equal(await run(), 'done')
  const { result } = (await get(`/back-tests/${made.body.id}`)).body
  assert.deepEqual([result.actual, result.tested, result.same], [48, 48, 1])
})

test('a cancelled back-test does not run; five may wait; one whose process ended begins again', async () => {
  const ask = () => send('POST', `/programs/${points}/back-tests`, { days: 30 })
  const made = []
  for (let n = 0; n < 5; n++) made.push((await ask()).body.id)
  const refused = await ask()
  assert.deepEqual([refused.status, refused.body.code], [409, 'quota_reached'])
  for (const id of made.slice(1)) {
    const cancelled = await send('POST', `/back-tests/${id}/cancel`)
    assert.deepEqual([cancelled.status, cancelled.body.status], [200, 'cancelled'])
  }
  await app.ctx.db.query(
    `update back_tests set status = 'running', seen_at = $1::timestamptz where status = 'waiting'`,
    [new Date(clock.now()).toISOString()],
  )
  assert.equal(await run(), null, 'another process runs it')
  clock.advance(3 * 60_000)
  assert.equal(await run(), 'done', 'that process has been silent for 3 minutes')
  assert.equal(await run(), null)
  const again = await send('POST', `/back-tests/${made[0]}/cancel`)
  assert.equal(again.body.status, 'done', 'what has ended stays as it is')
})

test('what cannot be tested is refused', async () => {
  const pointers = ({ body }: Awaited<ReturnType<typeof send>>) =>
    body.errors.map(({ pointer }: { pointer: string }) => pointer)
  const path = `/programs/${points}/back-tests`
  assert.deepEqual(pointers(await send('POST', path, {})), ['/days'])
  assert.deepEqual(pointers(await send('POST', path, { days: 367 })), ['/days'])
  assert.deepEqual(pointers(await send('POST', path, { days: 1, definition: { rules: [] } })), ['/definition/rules'])
  assert.equal((await send('POST', path, { days: 1, version: 7 })).status, 404)
})
