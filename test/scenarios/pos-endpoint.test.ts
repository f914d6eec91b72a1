// What a POS developer meets at the door: refusals that help, a body shorter than announced, a
// business not connected yet, replays.
import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { connect } from '../../src/businesses/connections.ts'
import type { Ingest } from '../../src/ingest/ingest.ts'
import { replayDeliveries, replayUnmatched } from '../../src/ingest/replay.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { applyUnmatched, purgeUnmatched, retryFailed } from '../../src/worker/deliveries.ts'
import { testApp } from '../support/app.ts'
import { assertProven } from '../support/ledger.ts'

const app = await testApp()
const { ctx } = app

test('a client that announces 8856 bytes and sends fewer, as the sample client does, is answered', {
  timeout: 10_000,
}, async () => {
  const body = JSON.stringify(foodicsBody({ reference: 'short' }))
  const answer = await new Promise<{ status: number | undefined; connection: string | undefined; text: string }>(
    (resolve, reject) => {
      const headers = {
        authorization: `Bearer ${app.tokens.foodics}`,
        'content-type': 'application/json',
        'content-length': '8856',
      }
      assert.ok(Buffer.byteLength(body) < 8856)
      const request = http.request(`${app.url}/pos/1.0.0/foodics/order`, { method: 'POST', headers }, (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode, connection: response.headers.connection, text }),
        )
      })
      request.on('error', reject)
      request.write(body)
      request.end()
    },
  )
  assert.equal(answer.status, 200)
  assert.equal(answer.connection, 'close', 'nobody can tell where the next request begins')
  assert.equal(JSON.parse(answer.text).result, 'processed')
})

test('each refusal has its status and code, and says what to do', async () => {
  const order = foodicsBody({ reference: 'refused' })
  const cases: [string, unknown, number, string][] = [
    ['not JSON', '{"order": ', 400, 'invalid_json'],
    ['empty', '', 400, 'invalid_json'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'invalid_json'],
    ['JSON that is no order', [1, 2, 3], 422, 'invalid_order'],
    ['a number', 5, 422, 'invalid_order'],
    ['without order', { ...order, order: undefined }, 422, 'invalid_order'],
    ['without id', { ...order, order: { ...order.order, id: null } }, 422, 'invalid_order'],
    ['a total of 10^18', { ...order, order: { ...order.order, total_price: 1e18 } }, 422, 'invalid_order'],
    ['a negative total', { ...order, order: { ...order.order, total_price: -1 } }, 422, 'invalid_order'],
    ['NaN as text', { ...order, order: { ...order.order, total_price: 'NaN' } }, 422, 'invalid_order'],
    ['2 MB', { ...order, padding: 'x'.repeat(2_000_000) }, 413, 'too_large'],
  ]
  for (const [name, body, status, code] of cases) {
    const answer = await app.post(body)
    assert.deepEqual([answer.status, answer.body.code], [status, code], name)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8', name)
    assert.ok(answer.body.message.length > 5 && answer.body.request_id.length > 5, name)
    if (status === 422)
      assert.ok(
        answer.body.errors.every((error: { pointer: string }) => typeof error.pointer === 'string'),
        name,
      )
  }
  const xml = await app.post('<order/>', { headers: { 'content-type': 'text/xml' } })
  assert.deepEqual([xml.status, xml.body.code], [415, 'unsupported_media_type'])
})

test('an order in another currency than the business counts in is refused by name', async () => {
  const body = standardBody({ id: 'dollars', business: { reference: 440810 }, order: { currency: 'USD' } })
  const answer = await app.post(body, { pos: 'standard' })
  assert.deepEqual([answer.status, answer.body.errors[0].pointer], [422, '/order/currency'])
})

test('a body of depth 1,000 and keys that reach for prototypes do no harm', async () => {
  const order = foodicsBody({ reference: 'deep' })
  let deep: unknown = 1
  for (let i = 0; i < 1_000; i++) deep = { deep }
  const strange = JSON.stringify({ ...order, deep }).replace(
    '{',
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
  )
  const answer = await app.post(strange)
  assert.equal(answer.status, 200)
  assert.equal(({} as { polluted?: boolean }).polluted, undefined)
})

test('an order of a business that is not connected is kept, and applied when it is connected', async () => {
  const body = standardBody({ id: 'early-1', business: { reference: 'not-yet' } })
  const [first, again] = [await app.post(body, { pos: 'standard' }), await app.post(body, { pos: 'standard' })]
  assert.deepEqual([first.status, first.body.result, first.body.reason], [202, 'unmatched', 'business_not_connected'])
  assert.deepEqual(again.body, first.body)
  const business = await app.newBusiness('already')
  await ctx.db.write('system:test', (tx) =>
    connect(tx, { posName: 'standard', reference: 'not-yet', businessId: business.businessId }, ctx.clock),
  )
  assert.deepEqual(await applyUnmatched(ctx), { done: 1, failed: 0 })
  assert.deepEqual(await applyUnmatched(ctx), { done: 0, failed: 0 }, 'it waits no longer')
  const { body: orders } = await app.get('/orders?pos_order_id=early-1', business.apiKey)
  assert.equal(orders.data.length, 1)
  const late = await app.post(body, { pos: 'standard' })
  assert.deepEqual([late.status, late.body.result, late.body.event_id], [200, 'duplicate', first.body.event_id])
  await assertProven(ctx.db, business)
})

test('unmatched deliveries are submitted to ingest in small groups when they are connected, so that none is refused', async () => {
  const reference = 'long-waited-for'
  for (let n = 0; n < 60; n++) {
    await app.post(standardBody({ id: `waited-${n}`, business: { reference } }), { pos: 'standard' })
  }
  const { businessId } = await app.newBusiness('patient')
  await ctx.db.write('system:test', (tx) => connect(tx, { posName: 'standard', reference, businessId }, ctx.clock))
  let waiting = 0
  let most = 0
  const submit: Ingest['submit'] = async (delivery) => {
    waiting += 1
    most = Math.max(most, waiting)
    const outcome = await ctx.ingest.submit(delivery)
    waiting -= 1
    return outcome
  }
  const counts = await replayUnmatched(
    { ...ctx, ingest: { ...ctx.ingest, submit } },
    'standard',
    reference,
    'system:test',
  )
  assert.deepEqual([counts.processed, most], [60, 25])
})

test('deliveries that are not connected are deleted after 30 days', async () => {
  await app.post(standardBody({ id: 'lost', business: { reference: 'nobody' } }), { pos: 'standard' })
  const waiting = async () => {
    const [row] = await ctx.db.query<{ n: number }>(
      `select count(*)::int as n from unmatched_deliveries where reference = 'nobody'`,
    )
    return row?.n
  }
  await purgeUnmatched(ctx)
  assert.equal(await waiting(), 1)
  await purgeUnmatched({ ...ctx, clock: { now: () => ctx.clock.now() + 31 * 24 * 3_600_000 } })
  assert.equal(await waiting(), 0)
})

test('drafts and events that are no orders are kept and have no effect', async () => {
  const draft = await app.post(foodicsBody({ reference: 'draft', status: 8 }))
  assert.deepEqual([draft.status, draft.body.result, draft.body.reason], [200, 'ignored', 'draft'])
  const other = await app.post({ ...foodicsBody({ reference: 'menu' }), event: 'menu.updated' })
  assert.deepEqual([other.status, other.body.result, other.body.reason], [200, 'ignored', 'unknown_event'])
  const again = await app.post({ ...foodicsBody({ reference: 'menu' }), event: 'menu.updated' })
  assert.deepEqual(again.body, other.body)
})

test('replaying a business moves nothing and leaves every first answer as it was', async () => {
  const business = await app.newBusiness('replayed')
  const send = (spec: object) => app.post(foodicsBody({ ...spec, business: { reference: 'replayed' } }))
  const sale = await send({})
  await send({ reference: 2, returns: { id: foodicsBody().order.id }, updatedAt: '2023-01-02 10:00:00' })
  const count = async () =>
    (await ctx.db.query('select id from transfers where business_id = $1', [business.businessId])).length
  const before = await count()
  const counts = await replayDeliveries(ctx, { businessId: business.businessId }, 'system:test')
  assert.equal(counts.processed, 2)
  assert.equal(await count(), before)
  assert.deepEqual((await send({})).body, { ...sale.body, result: 'duplicate' })
  await assertProven(ctx.db, business)
})

test('a failed delivery is applied when the fault is fixed', async () => {
  const business = await app.newBusiness('healed')
  const body = foodicsBody({ business: { reference: 'healed' } })
  // given a fault: the business has no lock row
  await ctx.db.query('delete from business_locks where business_id = $1', [business.businessId])
  const failed = await app.post(body)
  assert.deepEqual([failed.status, failed.body.result], [202, 'failed'])
  const { body: troubled } = await app.get('/deliveries?result=failed', business.apiKey)
  assert.equal(troubled.data.length, 1)
  // when it is fixed
  await ctx.db.query('insert into business_locks (business_id) values ($1)', [business.businessId])
  // and the job retries it, ten minutes after its receipt
  const tenMinutesLater = Date.parse(troubled.data[0].received_at) + 10 * 60_000
  assert.deepEqual(await retryFailed({ ...ctx, clock: { now: () => tenMinutesLater } }), { done: 1, failed: 0 })
  // then the order has earned, and nothing is in trouble
  const { body: customers } = await app.get('/customers?phone=0500000001', business.apiKey)
  assert.equal(
    customers.data[0].balances.find((one: { program_type: string }) => one.program_type === 'points').available,
    24,
  )
  assert.equal((await app.get('/deliveries?result=failed', business.apiKey)).body.data.length, 0)
  await assertProven(ctx.db, business)
})

test('no phone and no name is in the log of an order', async () => {
  await app.post(foodicsBody({ reference: 'private', customer: { number: 77, name: 'Sample Secret Name' } }))
  const log = app.logLines.join('\n')
  assert.ok(log.includes('/pos/1.0.0/:pos_name/order'))
  assert.ok(!log.includes('Sample Secret Name') && !log.includes('500000077'))
})
