// API keys: their format, what is stored of them, and when they are accepted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { type Clock, ManualClock } from '../kernel/clock.ts'
import { createIds, type Uuid } from '../kernel/ids.ts'
import { createApiKey, createApiKeyVerifier, listApiKeys, revokeApiKey } from './api-keys.ts'
import { createBusiness } from './businesses.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const ids = createIds(clock)
const { db } = await testDatabase()
const businessId = await newBusiness()
const otherBusinessId = await newBusiness()

async function newBusiness(): Promise<Uuid> {
  const input = {
    name: 'Sample Cafe',
    name_ar: null,
    currency: 'SAR',
    timezone: 'Asia/Riyadh',
    language: 'ar' as const,
  }
  const outcome = await db.write('system:test', (tx) => createBusiness(tx, input, { ids, clock }))
  assert(outcome.kind === 'created')
  return outcome.business.id
}

function newKey(rest: { expiresAt?: number; clock?: Clock } = {}) {
  return createApiKey(
    db.by('system:test'),
    { businessId, name: 'till', scopes: ['orders:read'], ...rest },
    { ids, clock },
  )
}

test('a key is random, recognisable and has a checksum; the database stores only its hash', async () => {
  const { key, secret } = await newKey()
  assert.match(secret, /^lp_live_[0-9A-Za-z]{49}$/, '43 letters of 62 are 256 bits, and 6 of checksum')
  assert.equal(key.prefix, secret.slice(0, 18))
  assert.notEqual((await newKey()).secret, secret)
  const rows = await db.query('select row_to_json(api_keys)::text as row from api_keys')
  assert(!JSON.stringify(rows).includes(secret.slice(20)), 'nothing stored shows the rest of the key')
})

test('a valid key returns its business, its ID and its scopes', async () => {
  const { key, secret } = await newKey()
  const verifier = createApiKeyVerifier(db, clock)
  assert.deepEqual(await verifier.verify(secret), {
    businessId,
    keyId: key.id,
    scopes: ['orders:read'],
    expiresAt: null,
  })
})

test('a wrong key is refused: another letter, another case, truncated, too long, or well-formed but unknown', async () => {
  const { secret } = await newKey()
  const verifier = createApiKeyVerifier(db, clock)
  const other = (await newKey()).secret
  const wrong = [
    '',
    'lp_live_',
    secret.slice(0, -1),
    `${secret}0`,
    secret.toLowerCase(),
    secret.replace('lp_live_', 'lp_test_'),
    secret.slice(0, 30) + (secret[30] === 'a' ? 'b' : 'a') + secret.slice(31),
    ` ${secret}`,
    secret.slice(0, 18) + other.slice(18),
  ]
  for (const key of wrong) assert.equal(await verifier.verify(key), null, key)
  assert.notEqual(await verifier.verify(secret), null, 'and trying them has not spoilt the right one')
})

test('the checksum is verified before the database is queried', async () => {
  const asked: unknown[] = []
  const query: typeof db.query = (statement, values) => {
    asked.push(statement)
    return db.query(statement, values)
  }
  const verifier = createApiKeyVerifier({ ...db, query }, clock)
  assert.equal(await verifier.verify(`lp_live_${'a'.repeat(49)}`), null)
  assert.equal(asked.length, 0)
  const { secret } = await newKey()
  await Promise.all(Array.from({ length: 20 }, () => verifier.verify(secret)))
  assert.equal(asked.length, 1, 'twenty calls with one key ask once')
})

test('a key is refused from the millisecond of its expiry', async () => {
  const { secret } = await newKey({ expiresAt: clock.now() + 1_000 })
  const verifier = createApiKeyVerifier(db, clock)
  clock.advance(999)
  assert.notEqual(await verifier.verify(secret), null)
  clock.advance(1)
  assert.equal(await verifier.verify(secret), null)
})

test('a revoked key is refused within 5 seconds by a process that has cached it, and immediately after `forget`', async () => {
  let elapsed = 0
  const { key, secret } = await newKey()
  const elsewhere = createApiKeyVerifier(db, clock, () => elapsed)
  const here = createApiKeyVerifier(db, clock, () => elapsed)
  assert.notEqual(await elsewhere.verify(secret), null)
  assert.notEqual(await here.verify(secret), null)
  assert.equal(await db.write('system:test', (tx) => revokeApiKey(tx, businessId, key.id, clock.now())), 'revoked')
  here.forget()
  assert.equal(await here.verify(secret), null)
  elapsed = 4_999
  assert.equal(await elsewhere.verify(secret), null)
})

test('a new key works immediately, also in a process that was asked for it before', async () => {
  const verifier = createApiKeyVerifier(db, clock)
  const { secret } = await newKey()
  const [row] = await db.query<{ id: Uuid }>('select id from api_keys where prefix = $1', [secret.slice(0, 18)])
  await db.query('update api_keys set prefix = $2 where id = $1', [row?.id, 'away'])
  assert.equal(await verifier.verify(secret), null)
  await db.query('update api_keys set prefix = $2 where id = $1', [row?.id, secret.slice(0, 18)])
  assert.notEqual(await verifier.verify(secret), null)
})

test('a business lists and revokes only its own keys, and revoking twice keeps the first time', async () => {
  const { key } = await newKey()
  assert.equal(
    await db.write('system:test', (tx) => revokeApiKey(tx, otherBusinessId, key.id, clock.now())),
    'not_found',
  )
  assert.deepEqual(await listApiKeys(db, otherBusinessId), [])
  const first = clock.now()
  assert.equal(await db.write('system:test', (tx) => revokeApiKey(tx, businessId, key.id, first)), 'revoked')
  clock.advance(60_000)
  assert.equal(await db.write('system:test', (tx) => revokeApiKey(tx, businessId, key.id, clock.now())), 'revoked')
  const listed = (await listApiKeys(db, businessId)).find(({ id }) => id === key.id)
  assert.deepEqual(listed, { ...key, revokedAt: first, revokedBy: 'system:test' })
})
