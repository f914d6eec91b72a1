// A new system is one folder and no other change: the sample system in test/integrations is found,
// offered, authenticated by its own scheme, and its orders are applied.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { connect } from '../../src/businesses/connections.ts'
import { addPosSecret, registerPos, retirePosSecret } from '../../src/businesses/pos-systems.ts'
import { createIntegrations, loadIntegrations, shippedIntegrations } from '../../src/integrations/registry.ts'
import { findBody } from '../../src/orders/read-deliveries.ts'
import type { SampleReceipt } from '../integrations/sample/integration.ts'
import { callerOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'

const found = await loadIntegrations(new URL('../integrations/', import.meta.url))
const integrations = createIntegrations([...shippedIntegrations.all, ...found])
const app = await testApp({ after }, { integrations, limits: { failedAttempts: 1_000_000 } })
const { ctx, business } = app
const owner = callerOf(app)

const first = await addSecret()

async function addSecret() {
  await registerPos(ctx.db.by('system:test'), { name: 'sample', title: 'Sample', adapter: 'sample' }, ctx)
  const added = await ctx.db.write('system:test', (tx) => addPosSecret(tx, 'sample', undefined, ctx))
  assert(added.kind === 'added')
  ctx.posKeys.forget()
  return added
}

await connect(
  ctx.db.by('system:test'),
  { posName: 'sample', reference: 'shop-7', businessId: business.businessId },
  ctx.clock,
)

const receipt = (number: string): SampleReceipt => ({
  shop: 'shop-7',
  number,
  at: new Date(ctx.clock.now()).toISOString(),
  mobile: '0500000123',
  cashier: { number: 'c-1', name: 'Sample Cashier' },
  items: [{ item: 'latte', cents: 2_400 }],
})

function post(body: string | SampleReceipt, headers: Record<string, string>, path = '/pos/1.0.0/sample/order') {
  return app.call({ method: 'POST', path, body, headers: { 'x-sample-shop': 'shop-7', ...headers } })
}

function signed(body: string, secret = first.secret) {
  return { 'x-sample-signature': createHmac('sha256', secret).update(body).digest('base64') }
}

test('the folder alone makes it a choice and an adapter; a name without a folder is none', async () => {
  assert.deepEqual(integrations.names, ['foodics', 'sample', 'standard'])
  assert.deepEqual(shippedIntegrations.names, ['foodics', 'standard'])
  const unknown = { name: 'other', title: 'Other', adapter: 'nowhere' }
  assert.equal(await registerPos(ctx.db.by('system:test'), unknown, ctx), 'adapter_unknown')
  const openapi = await app.call({ path: '/openapi.json' })
  assert.match(JSON.stringify(openapi.body), /"enum":\["foodics","sample","standard"\]/)
})

test('an order that is signed over its raw bytes is applied, archived and shown with its cashier', async () => {
  const body = JSON.stringify(receipt('r-1'))
  const { status, body: answer } = await post(body, signed(body))
  assert.deepEqual([status, answer.result], [200, 'processed'], JSON.stringify(answer))
  const order = await owner.get(`/orders/${answer.order.id}`)
  assert.equal(order.status, 200)
  assert.deepEqual([order.body.pos, order.body.total], ['sample', 2400])
  assert.deepEqual(order.body.created_by, { id: 'c-1', name: 'Sample Cashier' })
  assert.equal(order.body.closed_by, null)
  const [delivery] = await ctx.db.query<{ id: string; dictionary: number }>(
    `select id, dictionary from deliveries where business_id = $1 and pos_name = 'sample'`,
    [business.businessId],
  )
  assert(delivery)
  assert.equal(delivery.dictionary, 2, 'without a profile of its own it uses the dictionary of the standard format')
  assert.equal(String(await findBody(ctx.db, business.businessId, delivery.id)), body)
  const again = await post(body, signed(body))
  assert.equal(again.body.result, 'duplicate')
})

test('a changed byte, another secret, no signature and a token are refused before the body is parsed', async () => {
  const body = JSON.stringify(receipt('r-2'))
  const bearer = { authorization: `Bearer ${app.tokens.standard}` }
  const refused = [
    await post(`${body} `, signed(body)),
    await post(body, signed(body, 'another secret')),
    await post(body, {}),
    await post(body, bearer),
    await post('no JSON', signed(body)),
    await app.call({ method: 'POST', path: '/pos/1.0.0/sample/order', headers: signed('') }),
  ]
  for (const { status, body: problem } of refused) {
    assert.deepEqual([status, problem.code], [401, 'unauthenticated'], JSON.stringify(problem))
  }
  const notJson = await post('no JSON', signed('no JSON'))
  assert.deepEqual([notJson.status, notJson.body.code], [400, 'invalid_json'])
})

test('two secrets are accepted while they are exchanged, and a retired one is not', async () => {
  const second = await addSecret()
  for (const [number, secret] of [
    ['r-3', first.secret],
    ['r-4', second.secret],
  ] as const) {
    const body = JSON.stringify(receipt(number))
    assert.equal((await post(body, signed(body, secret))).status, 200, number)
  }
  await retirePosSecret(ctx.db.by('system:test'), 'sample', first.id, ctx.clock)
  ctx.posKeys.forget()
  const body = JSON.stringify(receipt('r-5'))
  assert.equal((await post(body, signed(body))).status, 401)
})

test('a segment after the endpoint exists only for a POS with a path token', async () => {
  const path = '/pos/1.0.0/standard/order/anything'
  const { status } = await app.call({ method: 'POST', path, body: {}, bearer: app.tokens.standard })
  assert.equal(status, 404)
})

test('failed attempts of an address are limited, as with tokens', async (t) => {
  const limited = await testApp(t, { integrations, limits: { failedAttempts: 3 } })
  await registerPos(
    limited.ctx.db.by('system:test'),
    { name: 'sample', title: 'Sample', adapter: 'sample' },
    limited.ctx,
  )
  const body = JSON.stringify(receipt('r-6'))
  const attempt = () =>
    limited.call({ method: 'POST', path: '/pos/1.0.0/sample/order', body, headers: signed(body, 'guess') })
  const statuses: number[] = []
  for (let n = 0; n < 5; n++) statuses.push((await attempt()).status)
  assert.deepEqual(statuses, [401, 401, 401, 429, 429])
})
