// The demo of a first start: created once, kept, and never created beside a real business.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { createApiKeyVerifier } from '../businesses/api-keys.ts'
import { createBusiness, listBusinesses } from '../businesses/businesses.ts'
import { loadPosKeys } from '../businesses/pos-keys.ts'
import { addPosSecret, registerPos } from '../businesses/pos-systems.ts'
import { checkToken } from '../businesses/pos-tokens.ts'
import { createSeal } from '../businesses/seal.ts'
import { shippedIntegrations as integrations } from '../integrations/registry.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds, parseId } from '../kernel/ids.ts'
import { createPasswords } from '../staff/password.ts'
import { type DemoDeps, prepareDemo } from './demo.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const ids = createIds(clock)
const seal = createSeal(Buffer.alloc(32, 1))
const URL_1 = 'http://127.0.0.1:3000'
const URL_2 = 'http://127.0.0.1:3001'

async function firstStart(t: TestContext): Promise<DemoDeps> {
  const { db } = await testDatabase(t)
  const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-demo-'))
  t.after(() => rm(dataDir, { recursive: true }))
  return { db, ids, clock, seal, passwords: createPasswords(), dataDir }
}

async function onDisk({ dataDir }: DemoDeps) {
  return JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8'))
}

test('an empty database gets a business, two POS systems, and credentials that work', async (t) => {
  const deps = await firstStart(t)
  const demo = await prepareDemo(deps, URL_1)
  assert(demo)
  assert.deepEqual(await onDisk(deps), demo)
  assert.equal((await stat(join(deps.dataDir, 'demo.json'))).mode & 0o777, 0o600)

  const keys = await loadPosKeys(deps.db, seal, integrations)
  assert.deepEqual([...keys.keys()].sort(), ['foodics', 'standard'])
  assert.equal(checkToken(keys, demo.pos_token, 'foodics', clock.now()).kind, 'pos')
  const holder = await createApiKeyVerifier(deps.db, clock).verify(demo.api_key)
  assert.equal(holder?.businessId, parseId('business', demo.business_id))
  const programs = await deps.db.query<{ id: string; type: string; status: string }>(
    'select id, type, status from programs',
  )
  assert.equal(programs.length, 4)
  for (const { id, type, status } of programs) {
    assert.equal(status, 'active')
    assert.equal(parseId('program', Reflect.get(demo.programs, type)), id)
  }
  const connections = await deps.db.query('select pos_name, reference from pos_connections order by pos_name')
  assert.deepEqual(connections, [
    { pos_name: 'foodics', reference: '440810' },
    { pos_name: 'standard', reference: 'demo' },
  ])
})

test('a second start keeps the demo, updates its URL and issues a new token, valid for one hour', async (t) => {
  const deps = await firstStart(t)
  const first = await prepareDemo(deps, URL_1)
  const second = await prepareDemo(deps, URL_2)
  assert(first && second)
  assert.deepEqual(second, { ...first, base_url: URL_2, pos_token: second.pos_token })
  assert.notEqual(second.pos_token, first.pos_token)
  const keys = await loadPosKeys(deps.db, seal, integrations)
  for (const { pos_token } of [first, second]) {
    assert.equal(checkToken(keys, pos_token, 'foodics', clock.now() + 3_599_000).kind, 'pos')
    assert.equal(checkToken(keys, pos_token, 'foodics', clock.now() + 3_600_000).kind, 'unauthenticated')
  }
  assert.deepEqual(Object.keys(second), [
    'base_url',
    'pos_name',
    'pos_token',
    'api_key',
    'business_id',
    'business_reference',
    'programs',
    'staff',
  ])
  assert.deepEqual(await onDisk(deps), second)
  assert.equal((await listBusinesses(deps.db)).length, 1)
})

test('two processes that start at the same time create one demo, and both return it', async (t) => {
  const deps = await firstStart(t)
  const [one, two] = await Promise.all([prepareDemo(deps, URL_1), prepareDemo(deps, URL_1)])
  assert(one && two)
  assert.deepEqual({ ...one, pos_token: '' }, { ...two, pos_token: '' })
  assert.equal((await listBusinesses(deps.db)).length, 1)
})

test('a database with a business gets no demo, whatever demo.json contains', async (t) => {
  const deps = await firstStart(t)
  const elsewhere = await firstStart(t)
  await prepareDemo(elsewhere, URL_1)
  const merchant = {
    name: 'Sample Shop',
    name_ar: null,
    currency: 'SAR',
    timezone: 'Asia/Riyadh',
    language: 'ar' as const,
  }
  await deps.db.write('system:test', (tx) => createBusiness(tx, merchant, deps))
  assert.equal(await prepareDemo(deps, URL_1), null)
  await writeFile(join(deps.dataDir, 'demo.json'), JSON.stringify(await onDisk(elsewhere)))
  assert.equal(await prepareDemo(deps, URL_1), null, 'the file belongs to another database')
  await writeFile(join(deps.dataDir, 'demo.json'), 'torn')
  assert.equal(await prepareDemo(deps, URL_1), null)
  assert.equal((await listBusinesses(deps.db)).length, 1)
})

test('POS systems that an operator registered before are used unchanged', async (t) => {
  const deps = await firstStart(t)
  await registerPos(
    deps.db.by('system:test'),
    { name: 'foodics', title: 'Foodics', adapter: 'foodics' },
    { clock, integrations },
  )
  await registerPos(
    deps.db.by('system:test'),
    { name: 'standard', title: 'Standard', adapter: 'standard' },
    { clock, integrations },
  )
  await deps.db.write('system:test', (tx) => addPosSecret(tx, 'standard', undefined, deps))
  const demo = await prepareDemo(deps, URL_1)
  assert(demo)
  const keys = await loadPosKeys(deps.db, seal, integrations)
  assert.equal(checkToken(keys, demo.pos_token, 'foodics', clock.now()).kind, 'pos')
})
