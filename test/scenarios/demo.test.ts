// The demo of a first start: its history arrives through the API at the times of the recording, a
// process that is killed continues, and nothing of it is left when it is removed.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { issuePosToken } from '../../src/businesses/pos-tokens.ts'
import { type Demo, prepareDemo } from '../../src/demo/demo.ts'
import { LAST_RUN_AFTER_MS } from '../../src/demo/erase.ts'
import { playHistory } from '../../src/demo/history.ts'
import { type Recording, readRecording } from '../../src/demo/recording.ts'
import { findDemo, saveLoaded, savePosition } from '../../src/demo/state.ts'
import type { Answer, Request } from '../../src/demo/visitor.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { parseId, type Uuid } from '../../src/kernel/ids.ts'
import { eraseDemos } from '../../src/worker/demos.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openBrowser, signedIn } from '../support/staff.ts'

/** A Wednesday evening in Riyadh. */
const NOW = Date.parse('2026-12-02T18:00:00Z')
const DAYS = 3
const DAY_MS = 86_400_000

interface DemoApp {
  app: TestApp
  demo: Demo
  businessId: Uuid
  recording: Recording
  /** Sends the history, as a start does. `dieAfter`: requests after which the process is killed. */
  play(options?: { dieAfter?: number }): Promise<{ requests: number }>
}

/** A test app whose only business is the demo, with the last days of the recording as its history. */
async function demoApp(t: TestContext, { withClaims = true } = {}): Promise<DemoApp> {
  const clock = new ManualClock(NOW)
  const app = await testApp(t, { clock })
  const whole = await readRecording()
  assert(whole)
  const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-demo-'))
  t.after(() => rm(dataDir, { recursive: true }))
  const { ctx } = app
  // The demo needs a database without a business.
  const others = await ctx.db.query<{ id: Uuid }>('select id from businesses')
  await ctx.db.query('create table hidden as select * from businesses')
  for (const table of ['pos_connections', 'api_keys']) await ctx.db.query(`delete from ${table}`)
  await ctx.db.query('delete from businesses where id = any ($1)', [others.map(({ id }) => id)])
  const demo = await prepareDemo({ ...ctx, dataDir }, app.url)
  assert(demo)
  const businessId = parseId('business', demo.business_id)
  assert(businessId)
  const state = await findDemo(ctx.db, businessId)
  assert(state)
  // Customers have nothing before these days, so whether a claim is refused depends on the sequence
  // of arrival.
  const visits = whole.visits.filter(
    ({ at, line }) =>
      at + state.shift > NOW - DAYS * DAY_MS && at + state.shift <= NOW && (withClaims || !line.includes('"claim"')),
  )
  const recording = { ...whole, visits }
  await ctx.db.query('update demo_businesses set due = $1', [visits.length])
  ctx.posKeys.forget()
  // Older than the history, like the token of a start.
  const past = new ManualClock(NOW - (DAYS + 1) * DAY_MS)
  const issued = await issuePosToken(ctx.db, 'standard', NOW + DAY_MS, { ...ctx, clock: past })
  assert(issued.kind === 'issued')
  const play: DemoApp['play'] = async ({ dieAfter = Number.POSITIVE_INFINITY } = {}) => {
    const killed = new AbortController()
    let requests = 0
    const send = async ({ method, path, by, body, idempotencyKey }: Request): Promise<Answer> => {
      requests += 1
      if (requests > dieAfter) killed.abort()
      if (killed.signal.aborted) return { status: 503, body: {} }
      const bearer = by === 'pos' ? issued.token : demo.api_key
      const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}
      return app.call({ method, path, bearer, headers, ...(body && { body }) })
    }
    const found = await findDemo(ctx.db, businessId)
    assert(found)
    await playHistory({
      ...found,
      recording,
      clock,
      send,
      now: () => NOW,
      save: (position) => savePosition(ctx.db, businessId, position),
      saveLoaded: () => saveLoaded(ctx.db, businessId, NOW),
      onProgress: () => {},
      log: ctx.log,
      signal: killed.signal,
    })
    return { requests }
  }
  return { app, demo, businessId, recording, play }
}

/** Everything that the history led to, without ids and times of processing. */
async function balancesOf({ app, businessId }: DemoApp) {
  const accounts = await app.ctx.db.query(
    `select c.phone, p.type, a.available, a.held, a.issued, a.redeemed from accounts a
     join customers c on c.business_id = a.business_id and c.id = a.customer_id
     join programs p on p.business_id = a.business_id and p.id = a.program_id
     where a.business_id = $1 order by c.phone, p.type`,
    [businessId],
  )
  const orders = await app.ctx.db.query<{ pos_order_id: string; flags: string[] | null }>(
    'select pos_order_id, status, total, flags, parked from orders where business_id = $1 order by pos_order_id',
    [businessId],
  )
  return { accounts, orders }
}

test('the history arrives at the times of the recording, and GET /demo says so', async (t) => {
  const one = await demoApp(t)
  const { app, demo, businessId, recording } = one
  const get = (path: string) => app.get(path, demo.api_key)
  const before = await get('/demo')
  assert.deepEqual([before.body.status, before.body.sent], ['loading', 0])
  await one.play()
  const { length } = recording.visits
  assert.deepEqual((await get('/demo')).body, { status: 'ready', sent: length, due: length })
  const [late] = await app.ctx.db.query<{ n: number }>(
    `select count(*)::int as n from orders where business_id = $1 and created_at - occurred_at > interval '3 hours 1 minute'`,
    [businessId],
  )
  assert.equal(late?.n, 0, 'orders are as old as their visits')
  const { orders } = await balancesOf(one)
  assert(orders.length > length / 2, 'visits have orders, unless their claim was refused')
  assert(orders.every(({ flags }) => flags === null || flags.length === 1))
  const failed = await app.ctx.db.query(
    `select result, error from deliveries where business_id = $1 and result not in ('processed', 'parked')`,
    [businessId],
  )
  assert.deepEqual(failed, [])
  const branches = (await get('/branches')).body.data
  assert.deepEqual(branches.map(({ name }: { name: { ar: string } }) => name.ar).sort(), [
    'العليا (تجريبي)',
    'الملقا (تجريبي)',
    'حطين (تجريبي)',
  ])
  const { body } = await get('/business')
  assert(Date.parse(body.created_at) < NOW - 50 * DAY_MS, 'the business is older than its history')
})

test('a process that is killed continues, and the result is that of one run', async (t) => {
  const sales = { withClaims: false }
  const [whole, killed] = [await demoApp(t, sales), await demoApp(t, sales)]
  await whole.play()
  for (const dieAfter of [40, 90]) await killed.play({ dieAfter })
  const state = await findDemo(killed.app.ctx.db, killed.businessId)
  assert.equal(state?.loadedAt, null)
  await killed.play()
  assert.deepEqual(await balancesOf(killed), await balancesOf(whole))
})

test('the removed demo leaves no row, and its people have an empty business', async (t) => {
  const one = await demoApp(t)
  const { app, businessId } = one
  const { ctx } = app
  await one.play()
  const browser = await signedIn(app, { memberships: [{ businessId, role: 'owner' }] })

  const removed = await browser.send('POST', '/demo/remove', { name: { en: 'My Shop', ar: 'متجري' } })
  assert.equal(removed.status, 200, JSON.stringify(removed.body))
  assert.equal(removed.body.api_key, null, 'staff need no key')
  assert.deepEqual(removed.body.business.name, { en: 'My Shop', ar: 'متجري' })
  assert.equal((await browser.get('/business')).status, 404, 'nobody belongs to the demo')
  const own = openBrowser(app, parseId('business', removed.body.business.id) as Uuid)
  own.cookie = browser.cookie
  assert.equal((await own.get('/business')).body.name.en, 'My Shop')
  assert.deepEqual((await own.get('/customers')).body.data, [])

  // What another process wrote from its memory is deleted by the last run.
  const clock = new ManualClock(ctx.clock.now() + LAST_RUN_AFTER_MS - 1)
  assert.deepEqual(await eraseDemos({ ...ctx, clock }), { done: 0, failed: 0 })
  clock.advance(1)
  assert.deepEqual(await eraseDemos({ ...ctx, clock }), { done: 1, failed: 0 })
  const tables = await ctx.db.query<{ name: string; key: string }>(
    `select c.table_name as name, c.column_name as key
     from information_schema.columns c join pg_class r on r.relname = c.table_name
     where c.table_schema = 'public' and r.relkind in ('r', 'p') and not r.relispartition and c.table_name <> 'hidden'
       and (c.column_name = 'business_id' or (c.table_name = 'businesses' and c.column_name = 'id'))`,
  )
  assert(tables.length > 30)
  for (const { name, key } of tables) {
    const rows = await ctx.db.query(`select * from ${name} where ${key} = $1`, [businessId])
    assert.deepEqual(rows, [], name)
  }
})

test('a key that removes the demo gets a key of the new business; a business that is no demo stays', async (t) => {
  const app = await testApp(t)
  const body = { name: { en: 'My Shop' } }
  const refused = await app.call({
    method: 'POST',
    path: '/api/v1/demo/remove',
    body,
    bearer: app.business.apiKey,
  })
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
  assert.deepEqual((await app.get('/demo')).body, { status: 'none', sent: 0, due: 0 })

  const { demo, app: second } = await demoApp(t)
  const removed = await second.call({ method: 'POST', path: '/api/v1/demo/remove', body, bearer: demo.api_key })
  assert.equal(removed.status, 200)
  const business = await second.get('/business', removed.body.api_key)
  assert.equal(business.body.id, removed.body.business.id)
})
