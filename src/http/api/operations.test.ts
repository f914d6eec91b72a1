// What holds for every operation alike: who may call it, that no other business is reached, and
// that a write happens once.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { SCOPES } from '../../../contract/scopes.ts'
import { callerOf, worldOf } from '../../../test/support/api.ts'
import { testApp } from '../../../test/support/app.ts'
import { browse } from '../../../test/support/foodics-pair.ts'
import { operationsOn } from '../../../test/support/operations.ts'
import { stateOf } from '../../../test/support/state.ts'
import { startFoodics } from '../../../tools/simulator/foodics/server.ts'
import { createApiKey } from '../../businesses/api-keys.ts'

const foodics = await startFoodics()
after(() => foodics.close())
const app = await testApp(undefined, { foodics })
const mine = app.business
const other = await app.newBusiness('550921')
const world = await worldOf(app, mine)
const operations = operationsOn(world)
const asked = await callerOf(app, mine).send('POST', '/pos-accounts/foodics/consent')
assert.equal((await browse(asked.body.url)).status, 200)

test('the table names every operation of the document, and no other', async () => {
  const { body } = await app.call({ path: '/openapi.json' })
  const documented = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    path.startsWith('/api/v1/')
      ? Object.entries<{ security: object[] }>({ ...methods })
          .filter(([, { security }]) => security.some((scheme) => 'apiKey' in scheme))
          .map(([method]) => `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`)
      : [],
  )
  assert.deepEqual(operations.map(({ method, route }) => `${method} ${route}`).sort(), documented.sort())
})

test('without a key everything is 401, and nothing is told of what exists', async () => {
  for (const { method, path, body } of operations) {
    const answer = await app.call({ method, path: `/api/v1${path}`, ...(body && { body }) })
    assert.deepEqual([answer.status, answer.body.code], [401, 'unauthenticated'], `${method} ${path}`)
  }
})

test('each operation refuses a key that has every scope but those of which it needs one', async () => {
  const before = await stateOf(app, mine.businessId)
  for (const [list, alike] of Map.groupBy(operations, ({ scopes }) => scopes.join(' '))) {
    const others = SCOPES.filter((one) => !list.split(' ').includes(one))
    const { secret } = await createApiKey(
      app.ctx.db.by('system:test'),
      { businessId: other.businessId, name: 'Sample', scopes: others },
      app.ctx,
    )
    const caller = callerOf(app, { apiKey: secret })
    for (const { method, path, body, scopes } of alike) {
      const answer = await caller.send(method, path, body)
      assert.deepEqual([answer.status, answer.body.code, answer.body.scope], [403, 'forbidden_scope', scopes[0]], path)
    }
  }
  assert.deepEqual(await stateOf(app, mine.businessId), before)
})

test("L9: another business's key gets 404 for everything that is not its own, as for what does not exist, and changes no row", async () => {
  const [before, otherBefore] = [await stateOf(app, mine.businessId), await stateOf(app, other.businessId)]
  const caller = callerOf(app, other)
  for (const { method, path, body } of operations.filter(({ names, route }) => names && !route.includes('{pos}'))) {
    const answer = await caller.send(method, path, body)
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], `${method} ${path}`)
    for (const nobody of ['0'.repeat(26), 'x', '%00', '..%2f', 'cus_', '%D8%B9']) {
      const absent = await caller.send(method, path.replace(/(_)[0-9a-z]{26}/, `$1${nobody}`), body)
      const told = [absent.status, absent.body.code, absent.body.detail]
      assert.deepEqual(told, [404, 'not_found', answer.body.detail], `${method} ${path} ${nobody}`)
    }
  }
  assert.equal((await caller.send('DELETE', '/connections/foodics/440810')).status, 404)
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/sync'],
    ['DELETE', ''],
  ] as const) {
    assert.equal((await caller.send(method, `/pos-accounts/foodics${path}`)).status, 404)
  }
  assert.deepEqual(await stateOf(app, mine.businessId), before)
  assert.deepEqual(await stateOf(app, other.businessId), otherBefore)
})

test('L9: ids in bodies and filters reach no other business either', async () => {
  const [before, otherBefore] = [await stateOf(app, mine.businessId), await stateOf(app, other.businessId)]
  const caller = callerOf(app, other)
  const { customer, program, plan, order, branch } = world
  // Its own customer, so that the ids in the body are what is refused.
  const own = await caller.send('POST', '/customers', { phone: '0500000077' })
  const withCustomer = await stateOf(app, other.businessId)
  assert.notDeepEqual(withCustomer, otherBefore, 'the dump sees a change')
  for (const [path, body] of [
    ['adjustments', { program_id: program, units: 5, reason: 'Sample' }],
    ['adjustments', { program_id: 'prg_nothing', units: 5, reason: 'Sample' }],
    ['subscriptions', { program_id: plan }],
  ] as const) {
    const answer = await caller.send('POST', `/customers/${own.body.id}/${path}`, body)
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], JSON.stringify(body))
  }
  for (const filter of [
    `customer_id=${customer}`,
    `branch_id=${branch}`,
    'customer_id=x',
    'branch_id=brn_',
    'pos=foodics',
  ]) {
    assert.deepEqual((await caller.get(`/orders?${filter}`)).body, { data: [], next_cursor: null }, filter)
  }
  const mineShown = await callerOf(app, mine).get(`/orders/${order}`)
  const found = await caller.get(`/orders?pos_order_id=${mineShown.body.pos_order_id}`)
  assert.deepEqual(found.body.data, [])
  assert.deepEqual((await caller.get(`/deliveries?order_id=${order}`)).body.data, [])
  assert.deepEqual((await caller.get('/customers?phone=0500000001')).body.data, [])
  assert.deepEqual((await caller.get('/customers?q=sample')).body.data, [])
  assert.deepEqual(await stateOf(app, mine.businessId), before)
  assert.deepEqual(await stateOf(app, other.businessId), withCustomer)
})

test('every operation succeeds for its own business; a write with an Idempotency-Key happens once', async () => {
  const caller = callerOf(app, mine)
  for (const [index, { method, route, path, body }] of operations.entries()) {
    const what = `${method} ${path}`
    if (method === 'GET') {
      assert.equal((await caller.get(path)).status, 200, what)
      continue
    }
    const headers = { 'idempotency-key': `sample-${index}` }
    const first = await caller.send(method, path, body, headers)
    assert(first.status >= 200 && first.status < 300, `${what}: ${JSON.stringify(first.body)}`)
    const after = await stateOf(app, mine.businessId)
    // Its key is gone with the demo.
    if (path === '/demo/remove') continue
    // A replay is such that it needs no key.
    if (path.endsWith('/replay')) continue
    const again = await caller.send(method, path, body, headers)
    // So is a decision on an order, and a preview: what comes of it is the same whatever the key.
    if (/\/(apply-void|release|reject|preview|try)$/.test(path)) {
      if (path.endsWith('/preview')) assert.equal(again.status, first.status, what)
      else assert.deepEqual([again.status, again.body], [first.status, first.body], what)
      assert.deepEqual(await stateOf(app, mine.businessId), after, what)
      continue
    }
    assert.equal(again.headers.get('idempotency-hit'), 'true', what)
    const shown = typeof first.body === 'object' ? { ...first.body } : { body: first.body }
    const repeated = typeof again.body === 'object' ? { ...again.body } : { body: again.body }
    for (const field of Object.keys(repeated).filter((name) => SHOWN_ONCE.has(`${route} ${name}`))) {
      assert.equal(repeated[field], null, `${what}: ${field} is shown once`)
      delete repeated[field]
      delete shown[field]
    }
    assert.deepEqual([again.status, repeated], [first.status, shown], what)
    assert.deepEqual(await stateOf(app, mine.businessId), after, what)
    const otherwise = await caller.send(method, `${path}?`, body, headers)
    assert.deepEqual([otherwise.status, otherwise.body.code], [422, 'idempotency_key_reused'], what)
  }
})

/** Secrets, which a repetition does not tell again. */
const SHOWN_ONCE = new Set([
  '/keys secret',
  '/connections/{pos}/{reference}/secret secret',
  '/connection-codes code',
  '/pos-systems/{pos}/tokens token',
])
