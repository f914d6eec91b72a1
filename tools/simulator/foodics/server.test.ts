// The Foodics server follows the rules of the real one: tokens, limits and blocks, pages,
// relations, errors.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ManualClock } from '../../../src/kernel/clock.ts'
import { SAMPLE_CLIENT, startFoodics } from './server.ts'
import { makeWorld } from './world.ts'

async function open(t: TestContext, world = makeWorld()) {
  const clock = new ManualClock('2026-06-01T09:00:00Z')
  const foodics = await startFoodics({ clock, world })
  t.after(() => foodics.close())
  const redirect_uri = 'http://127.0.0.1:9/back'
  const grant = async (code: string) => {
    const body = {
      grant_type: 'authorization_code',
      code,
      redirect_uri,
      client_id: SAMPLE_CLIENT.id,
      client_secret: SAMPLE_CLIENT.secret,
    }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${foodics.url}/oauth/token`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, token: String(Reflect.get((await answer.json()) as object, 'access_token')) }
  }
  const code = foodics.consents.code(redirect_uri, clock.now())
  const { token } = await grant(code)
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
  const get = async (path: string, bearer = token): Promise<{ status: number; headers: Headers; body: any }> => {
    const response = await fetch(foodics.url + path, { headers: { authorization: `Bearer ${bearer}` } })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  return { foodics, clock, get, grant, code }
}

test('a code works once, for ten minutes', async (t) => {
  const { foodics, clock, grant, code } = await open(t)
  assert.equal((await grant(code)).status, 400)
  const late = foodics.consents.code('http://127.0.0.1:9/back', clock.now())
  clock.advance(600_000)
  assert.equal((await grant(late)).status, 400)
})

test('the ninety-first call of a minute is 429; a caller that continues is blocked for a minute', async (t) => {
  const { clock, get } = await open(t)
  for (let call = 0; call < 90; call++) assert.equal((await get('/v5/settings')).status, 200)
  clock.advance(50_000)
  const refused = await get('/v5/settings')
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '10'])
  assert.equal(refused.headers.get('x-ratelimit-remaining'), '0')
  for (let call = 0; call < 10; call++) await get('/v5/settings')
  clock.advance(10_000)
  assert.equal((await get('/v5/settings')).status, 429, 'the minute is over, the block is not')
  clock.advance(60_000)
  assert.equal((await get('/v5/settings')).status, 200)
})

test('a caller that keeps failing to authenticate is blocked for an hour', async (t) => {
  const { clock, get } = await open(t)
  for (let call = 0; call < 61; call++) {
    assert.equal((await get('/v5/settings', 'wrong')).status, 401)
    clock.advance(900)
  }
  assert.equal((await get('/v5/settings', 'wrong')).status, 429)
  clock.advance(3_600_000)
  assert.equal((await get('/v5/settings', 'wrong')).status, 401)
})

test('orders end after ten pages and continue by reference; relations are included on request', async (t) => {
  const { get } = await open(t, makeWorld({ orders: 600 }))
  const tenth = (await get('/v5/orders?sort=reference&page=10')).body
  assert.deepEqual([tenth.data.length, tenth.meta.last_page, tenth.links.next], [50, 10, null])
  assert.deepEqual((await get('/v5/orders?sort=reference&page=11')).body.data, [])
  const after = tenth.data.at(-1).reference
  const { body } = await get(`/v5/orders?sort=reference&filter[reference_after]=${after}&include=products.product`)
  assert.equal(body.data[0].reference, after + 1)
  assert.deepEqual([body.data[0].customer, body.data[0].products[0].taxes], [undefined, undefined])
  assert.equal(typeof body.data[0].products[0].product.id, 'string')
  assert.equal((await get('/v5/orders?filter[colour]=red')).status, 400)
})

test('equal seeds give equal worlds, and other seeds others', () => {
  assert.deepEqual(makeWorld({ seed: 5, orders: 20 }), makeWorld({ seed: 5, orders: 20 }))
  assert.notDeepEqual(makeWorld({ seed: 5, orders: 20 }), makeWorld({ seed: 6, orders: 20 }))
})
