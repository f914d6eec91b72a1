// Limits of callers: failed authentications per address, and requests and bytes per token, key and
// business.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { createApiKey, createApiKeyVerifier } from '../../src/businesses/api-keys.ts'
import { networkOf } from '../../src/businesses/limits.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { testApp } from '../support/app.ts'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An unknown key with a correct checksum. */
function unknownKey(n: number): string {
  const random = String(n).padStart(43, '0').split('').reverse().join('')
  let check = ''
  for (let rest = crc32(random), i = 0; i < 6; i++, rest = Math.floor(rest / 62)) check = LETTERS[rest % 62] + check
  return `lp_live_${random}${check}`
}

test('3,000 unknown keys cause fewer than 100 queries, and a valid key from the same address still works', async (t) => {
  const app = await testApp(t, { limits: { failedAttempts: 60 } })
  let queries = 0
  const query: typeof app.ctx.db.query = (statement, values) => {
    queries += 1
    return app.ctx.db.query(statement, values)
  }
  const watched = createApiKeyVerifier({ ...app.ctx.db, query }, app.ctx.clock)
  Object.assign(app.ctx.apiKeys, watched)
  const statuses = new Map<number, number>()
  // 503 means that the test machine is busy.
  const served = async (key?: string): Promise<number> => {
    const { status } = await app.get('/programs', key)
    return status === 503 ? served(key) : status
  }
  let next = 0
  const attacker = async () => {
    while (next < 3_000) {
      const { status, headers } = await app.get('/programs', unknownKey(next++))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status === 429) assert(Number(headers.get('retry-after')) > 0)
    }
  }
  const attack = Promise.all(Array.from({ length: 150 }, attacker))
  while (next < 1_000) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await served(), 200, 'a key that was not used before')
  const { secret } = await createApiKey(
    app.ctx.db.by('system:test'),
    { businessId: app.business.businessId, name: 'New', scopes: ['programs:read'] },
    app.ctx,
  )
  assert.equal(await served(secret), 200, 'a key that was created meanwhile')
  await attack
  statuses.delete(503)
  assert.deepEqual([...statuses.keys()].sort(), [401, 429])
  const failed = statuses.get(401) ?? 0
  assert(failed >= 60 && failed < 300, `${failed} are refused as unknown keys, one more each second`)
  assert(queries < 100, `${queries} queries`)
})

test('wrong tokens of a POS are limited by address, and the right token still works', async (t) => {
  const app = await testApp(t, { limits: { failedAttempts: 3 } })
  const wrong = () =>
    app.call({ method: 'POST', path: '/pos/1.0.0/foodics/order', body: {}, bearer: `${app.tokens.foodics}x` })
  const statuses = []
  for (let n = 0; n < 5; n++) statuses.push((await wrong()).status)
  assert.deepEqual(statuses, [401, 401, 401, 429, 429])
  assert.equal((await app.post(foodicsBody())).status, 200)
  assert.equal((await app.get('/programs')).status, 200)
})

test('orders of one business beyond its limit are answered 429 with Retry-After, and another business is served', async (t) => {
  const bytes = 100_000_000
  const app = await testApp(t, { limits: { posBusiness: { requests: 2, bytes } } })
  const other = await app.newBusiness('550921')
  const body = foodicsBody()
  const statuses = []
  for (let n = 0; n < 3; n++) statuses.push((await app.post(body)).status)
  assert.deepEqual(statuses, [200, 200, 429])
  const refused = await app.post(body)
  assert.equal(refused.body.code, 'rate_limited')
  assert(Number(refused.headers.get('retry-after')) > 0)
  assert.equal((await app.post(foodicsBody({ business: { reference: other.reference } }))).status, 200)
})

test('bytes count for a token and for a key, before the body is read', async (t) => {
  const size = Buffer.byteLength(JSON.stringify(foodicsBody()))
  const usage = { requests: 1_000, bytes: 2 * size }
  const app = await testApp(t, { limits: { posToken: usage, apiBusiness: { requests: 1_000, bytes: 100 } } })
  const statuses = []
  for (let n = 0; n < 3; n++) statuses.push((await app.post(foodicsBody())).status)
  assert.deepEqual(statuses, [200, 200, 429])
  const create = (name: string) =>
    app.call({
      method: 'POST',
      path: '/api/v1/customers',
      bearer: app.business.apiKey,
      body: { phone: '0500000044', name },
    })
  assert.equal((await create('x'.repeat(20))).status, 201)
  assert.deepEqual([(await create('x'.repeat(60))).body.code], ['rate_limited'])
  assert.equal((await app.get('/programs')).status, 200, 'a request without a body has no bytes')
})

test('two keys of a business share the limit of the business', async (t) => {
  const app = await testApp(t, { limits: { apiBusiness: { requests: 3, bytes: 1_000 } } })
  const { secret } = await createApiKey(
    app.ctx.db.by('system:test'),
    { businessId: app.business.businessId, name: 'Second', scopes: ['programs:read'] },
    app.ctx,
  )
  const statuses = []
  for (const key of [secret, app.business.apiKey, secret, app.business.apiKey])
    statuses.push((await app.get('/programs', key)).status)
  assert.deepEqual(statuses, [200, 200, 200, 429])
})

test('addresses of one IPv6 network are counted together, IPv4 addresses separately', () => {
  const cases = {
    '192.0.2.1': '192.0.2.1',
    '::ffff:192.0.2.1': '192.0.2.1',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2',
    '2001:db8:1:2::6': '2001:db8:1:2',
    '2001:db8::6': '2001:db8:0:0',
    '::1': '0:0:0:0',
  }
  for (const [address, network] of Object.entries(cases)) assert.equal(networkOf(address), network)
})
