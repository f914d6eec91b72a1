// Businesses and their connections: creation, changes, and one business per reference.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { shippedIntegrations as integrations } from '../integrations/registry.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds } from '../kernel/ids.ts'
import { createBusiness, findBusiness, listBusinesses, type NewBusiness, updateBusiness } from './businesses.ts'
import { type ConnectionRequest, connect, disconnect, listConnections } from './connections.ts'
import { registerPos } from './pos-systems.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const ids = createIds(clock)
const { db } = await testDatabase()
const sample: NewBusiness = {
  name: 'Sample Cafe',
  name_ar: 'مقهى تجريبي',
  currency: 'SAR',
  timezone: 'Asia/Riyadh',
  language: 'ar',
  country: null,
}

function create(input: Partial<NewBusiness> = {}) {
  return db.write('system:test', (tx) => createBusiness(tx, { ...sample, ...input }, { ids, clock }))
}

function disconnectAs(connection: ConnectionRequest) {
  return db.write('system:test', (tx) => disconnect(tx, connection, { ids, clock }))
}

async function created(input: Partial<NewBusiness> = {}) {
  const outcome = await create(input)
  assert(outcome.kind === 'created')
  return outcome.business
}

test('a business is created together with the lock row that ingest uses', async () => {
  const business = await created()
  assert.deepEqual(await findBusiness(db, business.id), {
    ...sample,
    id: business.id,
    created_at: clock.now(),
    created_by: 'system:test',
    updated_by: 'system:test',
  })
  const books = await db.query('select config_version from business_locks where business_id = $1', [business.id])
  assert.deepEqual(books, [{ config_version: 1 }])
  assert((await listBusinesses(db)).some(({ id }) => id === business.id))
})

test('a currency or time zone that does not exist is refused before anything is written', async () => {
  const before = await listBusinesses(db)
  assert.deepEqual(await create({ name: '  ' }), { kind: 'name_missing' })
  assert.deepEqual(await create({ currency: 'XYZ' }), { kind: 'currency_unknown' })
  assert.deepEqual(await create({ currency: 'sar' }), { kind: 'currency_unknown' })
  assert.deepEqual(await create({ timezone: 'Asia/Nowhere' }), { kind: 'timezone_unknown' })
  for (const country of ['ZZ', 'UK', 'sa', '']) assert.deepEqual(await create({ country }), { kind: 'country_unknown' })
  assert.deepEqual(await listBusinesses(db), before)
})

test('a change of settings moves the configuration version, so that every process reads them anew', async () => {
  const { id } = await created()
  const update = async (patch: Parameters<typeof updateBusiness>[2]) => {
    const outcome = await db.write('system:test', (tx) => updateBusiness(tx, id, patch))
    assert(outcome.kind === 'updated')
    return outcome.business
  }
  assert.deepEqual(await update({ language: 'en' }), {
    ...sample,
    id,
    language: 'en',
    created_at: clock.now(),
    created_by: 'system:test',
    updated_by: 'system:test',
  })
  assert.equal((await update({ name_ar: null })).name_ar, null)
  assert.equal((await update({ name: 'Sample Bakery' })).name_ar, null, 'absent members stay as they are')
  assert.equal((await update({ country: 'DZ' })).country, 'DZ')
  assert.equal((await update({ name: 'Sample Bakery' })).country, 'DZ')
  assert.equal((await update({ country: null })).country, null)
  assert.deepEqual(await db.query('select config_version from business_locks where business_id = $1', [id]), [
    { config_version: 7 },
  ])
  assert.deepEqual(await db.write('system:test', (tx) => updateBusiness(tx, ids.next(), { name: 'Nobody' })), {
    kind: 'not_found',
  })
})

test('a reference belongs to one business: of two that want it at once, one gets it', async () => {
  await registerPos(
    db.by('system:test'),
    { name: 'standard', title: 'Standard', adapter: 'standard' },
    { clock, integrations },
  )
  const one = await created()
  const two = await created()
  const wanted = { posName: 'standard', reference: '440810' }
  const outcomes = await Promise.all(
    [one, two].map((business) => connect(db.by('system:test'), { ...wanted, businessId: business.id }, clock)),
  )
  assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['connected', 'reference_taken'])
  const owner = outcomes[0]?.kind === 'connected' ? one : two
  const loser = owner === one ? two : one

  assert.equal(
    (await connect(db.by('system:test'), { ...wanted, businessId: owner.id }, clock)).kind,
    'already_connected',
  )
  assert.equal(
    (await connect(db.by('system:test'), { ...wanted, reference: ' 440810 ', businessId: loser.id }, clock)).kind,
    'reference_taken',
  )
  assert.deepEqual(await listConnections(db, owner.id), [
    {
      pos_name: 'standard',
      reference: '440810',
      created_at: clock.now(),
      created_by: 'system:test',
      updated_by: 'system:test',
      has_secret: false,
    },
  ])
  assert.equal(await disconnectAs({ ...wanted, businessId: loser.id }), 'not_found', 'nobody cuts another off')
  assert.equal(await disconnectAs({ ...wanted, businessId: owner.id }), 'disconnected')
  assert.equal(
    (await connect(db.by('system:test'), { ...wanted, businessId: loser.id }, clock)).kind,
    'connected',
    'a free one can be taken',
  )
})

test('a connection needs a reference, a POS and a business that exist', async () => {
  const { id } = await created()
  const attempt = (posName: string, reference: string, businessId: string) =>
    connect(db.by('system:test'), { posName, reference, businessId }, clock).then(({ kind }) => kind)
  assert.equal(await attempt('standard', '  ', id), 'bad_reference')
  assert.equal(await attempt('standard', 'x'.repeat(101), id), 'bad_reference')
  assert.equal(await attempt('nowhere', '1', id), 'pos_unknown')
  assert.equal(await attempt('standard', '1', ids.next()), 'business_unknown')
})
