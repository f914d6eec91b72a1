// Loading programs for assessments: many businesses at once, and the cache.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COFFEE_PLAN, NORTH_COFFEE } from '../../test/fixtures/programs.ts'
import { testDatabase } from '../../test/support/database.ts'
import { createBusiness } from '../businesses/businesses.ts'
import type { Queryable } from '../db/database.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds } from '../kernel/ids.ts'
import { activateProgram, createProgram } from './lifecycle.ts'
import { type BusinessPrograms, createProgramCache, loadPrograms } from './store.ts'

const { db } = await testDatabase()
const clock = new ManualClock('2026-01-01T09:00:00Z')
const deps = { clock, ids: createIds(clock) }

/** A business with these programs in force. */
async function openShop(...definitions: unknown[]) {
  return db.write('system:test', async (tx) => {
    const input = { name: 'Sample', name_ar: null, currency: 'KWD', timezone: 'Asia/Kuwait', language: 'en' as const }
    const created = await createBusiness(tx, input, deps)
    assert.ok(created.kind === 'created')
    const businessId = created.business.id
    const programIds: string[] = []
    for (const definition of definitions) {
      const program = await createProgram(tx, { businessId, name: 'Sample', nameAr: 'نموذج', definition }, deps)
      assert.ok(program.kind === 'created')
      await activateProgram(tx, { businessId, programId: program.programId }, deps)
      programIds.push(program.programId)
    }
    return { businessId, programIds, configVersion: 1 + definitions.length }
  })
}

/** Counts the statements that reach the database. */
function counting(): { q: Queryable; count: () => number } {
  let count = 0
  return {
    q: {
      query: (statement, values) => {
        count++
        return db.query(statement, values)
      },
      run: (query) => db.run(query),
    },
    count: () => count,
  }
}

test('any number of businesses are loaded with four statements and cached', async () => {
  const [one, two, none] = [
    await openShop(NORTH_COFFEE.points, NORTH_COFFEE.stamps),
    await openShop(COFFEE_PLAN),
    await openShop(),
  ]
  const cache = createProgramCache()
  const { q, count } = counting()
  const books = await loadPrograms(q, [one, two, none], cache)
  assert.equal(count(), 4)
  const shop = books.get(one.businessId)
  assert.deepEqual(shop?.business, { currency: 'KWD', timezone: 'Asia/Kuwait', language: 'en', country: 'KW' })
  assert.deepEqual(
    shop?.terms.map(({ number, members }) => [number, members.map((member) => member.programId)]),
    [
      [1, one.programIds.slice(0, 1)],
      [2, one.programIds],
    ],
  )
  const [points = '', stamps = ''] = one.programIds
  assert.deepEqual(shop?.version(points, 1), {
    programId: points,
    type: 'points',
    name: 'Sample',
    nameAr: 'نموذج',
    version: 1,
    definition: NORTH_COFFEE.points,
  })
  assert.equal(shop?.version(points, 2), undefined)
  assert.equal(shop?.version(two.programIds[0] ?? '', 1), undefined)
  assert.equal(shop?.termsNumber(2)?.effectiveFrom, clock.now())
  assert.equal(shop?.termsNumber(3), undefined)
  assert.deepEqual(shop?.programs.get(stamps), {
    id: stamps,
    type: 'stamps',
    name: 'Sample',
    nameAr: 'نموذج',
    status: 'active',
  })
  assert.deepEqual(books.get(two.businessId)?.version(two.programIds[0] ?? '', 1)?.definition, COFFEE_PLAN)
  assert.deepEqual(books.get(none.businessId)?.terms, [])

  const again = await loadPrograms(q, [one, two, none], cache)
  assert.equal(count(), 4)
  assert.equal(again.get(one.businessId), shop)
})

test('a new configuration version is loaded and replaces the old one', async () => {
  const shop = await openShop(NORTH_COFFEE.points)
  const cache = createProgramCache()
  const { q, count } = counting()
  await loadPrograms(q, [shop], cache)
  await loadPrograms(q, [{ ...shop, configVersion: 3 }], cache)
  assert.equal(count(), 8)
  assert.equal(cache.get(shop.businessId, 2), undefined)
  assert.equal(cache.get(shop.businessId, 3)?.configVersion, 3)
})

test('the least recently used businesses are evicted', () => {
  const cache = createProgramCache(2)
  const programs = (businessId: string): BusinessPrograms => ({
    businessId,
    configVersion: 1,
    business: { currency: 'SAR', timezone: 'Asia/Riyadh', language: 'ar', country: 'SA' },
    terms: [],
    programs: new Map(),
    version: () => undefined,
    termsNumber: () => undefined,
  })
  cache.set(programs('a'))
  cache.set(programs('b'))
  assert.ok(cache.get('a', 1))
  cache.set(programs('c'))
  assert.deepEqual(
    ['a', 'b', 'c'].map((id) => cache.get(id, 1) !== undefined),
    [true, false, true],
  )
})

test('a business that does not exist throws', async () => {
  const unknown = { businessId: '01890a5d-ac96-774b-bcce-b302099a8057', configVersion: 1 }
  await assert.rejects(loadPrograms(db, [unknown], createProgramCache()), { name: 'AssertionError' })
})
