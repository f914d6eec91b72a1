// The lifecycle of programs in a real database: drafts, versions, activation, end, and the versions
// in force.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTH_COFFEE, pointsBy } from '../../test/fixtures/programs.ts'
import { testDatabase } from '../../test/support/database.ts'
import { createBusiness } from '../businesses/businesses.ts'
import type { WriteTransaction } from '../db/database.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds, type Uuid } from '../kernel/ids.ts'
import { activateProgram, createProgram, endProgram, newVersion } from './lifecycle.ts'
import { createProgramCache, loadPrograms } from './store.ts'
import { termsAt } from './terms.ts'

const { db } = await testDatabase()

const START = '2026-01-01T09:00:00.000Z'
const DOUBLE = pointsBy([{ id: 'base', earn: { kind: 'per_amount', units: 2, per: 100 } }])

/** A business opened on New Year's Day, with the operations of its owner. */
async function openShop() {
  const clock = new ManualClock(START)
  const deps = { clock, ids: createIds(clock) }
  const business = {
    name: 'Sample Coffee',
    name_ar: null,
    currency: 'SAR',
    timezone: 'Asia/Riyadh',
    language: 'ar' as const,
  }
  const created = await db.write('system:test', (tx) => createBusiness(tx, business, deps))
  assert.equal(created.kind, 'created')
  const businessId = created.kind === 'created' ? created.business.id : ''
  // In the tenant role, as in the business API.
  const work = <T>(run: (tx: WriteTransaction) => Promise<T>) => db.writeAsTenant(businessId, 'system:test', run)
  return {
    clock,
    businessId,
    draft: async (definition: unknown) => {
      const made = await work((tx) =>
        createProgram(tx, { businessId, name: 'Points', nameAr: 'نقاط', definition }, deps),
      )
      return made.kind === 'created' ? made.programId : assert.fail(JSON.stringify(made))
    },
    newVersion: (programId: Uuid, definition: unknown, effectiveFrom?: number) =>
      work((tx) =>
        newVersion(
          tx,
          { businessId, programId, definition, ...(effectiveFrom !== undefined && { effectiveFrom }) },
          deps,
        ),
      ),
    activate: (programId: Uuid, effectiveFrom?: number) =>
      work((tx) =>
        activateProgram(tx, { businessId, programId, ...(effectiveFrom !== undefined && { effectiveFrom }) }, deps),
      ),
    end: (programId: Uuid, at?: number) =>
      work((tx) => endProgram(tx, { businessId, programId, ...(at !== undefined && { at }) }, deps)),
    create: (definition: unknown) =>
      work((tx) => createProgram(tx, { businessId, name: 'Points', nameAr: 'نقاط', definition }, deps)),
    configVersion: async () => {
      const [row] = await db.query<{ v: number }>(
        'select config_version as v from business_locks where business_id = $1',
        [businessId],
      )
      return row?.v
    },
    /** The versions in force at an instant. */
    inForce: async (instant: string) => {
      const books = await loadPrograms(db, [{ businessId, configVersion: 1 }], createProgramCache())
      const terms = termsAt(books.get(businessId)?.terms ?? [], Date.parse(instant))
      return (
        terms && {
          number: terms.number,
          members: terms.members.map(({ programId, version }) => ({ programId, version })),
        }
      )
    },
    statusOf: async (programId: Uuid) => {
      const [row] = await db.query<{ status: string }>(
        'select status from programs where business_id = $1 and id = $2',
        [businessId, programId],
      )
      return row?.status
    },
  }
}

test('a draft is not in force until it is activated', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  assert.equal(await shop.statusOf(points), 'draft')
  assert.equal(await shop.inForce(START), null)
  assert.deepEqual(await shop.activate(points), { kind: 'activated', version: 1, terms: 1 })
  assert.equal(await shop.statusOf(points), 'active')
  assert.deepEqual(await shop.inForce(START), { number: 1, members: [{ programId: points, version: 1 }] })
  assert.equal(await shop.inForce('2026-01-01T08:59:59.999Z'), null)
  assert.deepEqual(await shop.activate(points), { kind: 'already_active' })
})

test('an invalid definition creates nothing', async () => {
  const shop = await openShop()
  const refused = await shop.create({ type: 'points', rules: [] })
  assert.deepEqual(refused.kind === 'invalid' && refused.errors.map((error) => error.pointer), ['/rules'])
  const [row] = await db.query<{ n: number }>('select count(*) as n from programs where business_id = $1', [
    shop.businessId,
  ])
  assert.equal(row?.n, 0)
})

test('a draft accepts new versions, and the latest one is activated', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  assert.deepEqual(await shop.newVersion(points, DOUBLE), { kind: 'saved', version: 2, terms: null })
  assert.deepEqual(await shop.activate(points), { kind: 'activated', version: 2, terms: 1 })
})

test('C11: editing a program in force adds a version; orders paid before keep theirs', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  await shop.activate(points)
  shop.clock.set('2026-02-01T09:00:00Z')
  assert.deepEqual(await shop.newVersion(points, DOUBLE), { kind: 'saved', version: 2, terms: 2 })
  assert.deepEqual(await shop.inForce('2026-02-01T08:59:59.999Z'), {
    number: 1,
    members: [{ programId: points, version: 1 }],
  })
  assert.deepEqual(await shop.inForce('2026-02-01T09:00:00Z'), {
    number: 2,
    members: [{ programId: points, version: 2 }],
  })
})

test('each change keeps the other programs of the business in force', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  const stamps = await shop.draft(NORTH_COFFEE.stamps)
  await shop.activate(points)
  await shop.activate(stamps)
  await shop.newVersion(points, DOUBLE)
  const both = [
    { programId: stamps, version: 1 },
    { programId: points, version: 2 },
  ]
  assert.deepEqual(await shop.inForce(START), { number: 3, members: both })
  shop.clock.advance(1000)
  assert.deepEqual(await shop.end(points), { kind: 'ended', terms: 4 })
  assert.deepEqual(await shop.inForce('2026-01-01T09:00:01Z'), {
    number: 4,
    members: [{ programId: stamps, version: 1 }],
  })
})

test('C54: an ended program is not in force for later orders and cannot be activated again', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  await shop.activate(points)
  shop.clock.set('2026-06-30T21:00:00Z')
  await shop.end(points)
  assert.deepEqual((await shop.inForce('2026-06-30T20:59:59Z'))?.members, [{ programId: points, version: 1 }])
  assert.deepEqual((await shop.inForce('2026-06-30T21:00:00Z'))?.members, [])
  assert.deepEqual(await shop.activate(points), { kind: 'ended' })
  assert.deepEqual(await shop.newVersion(points, DOUBLE), { kind: 'ended' })
  assert.deepEqual(await shop.end(points), { kind: 'already_ended' })
})

test('ending a draft changes nothing in force', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  assert.deepEqual(await shop.end(points), { kind: 'ended', terms: null })
  assert.equal(await shop.statusOf(points), 'ended')
  assert.equal(await shop.inForce(START), null)
})

test('every change increments the configuration version, and no refusal does', async () => {
  const shop = await openShop()
  const seen = [await shop.configVersion()]
  const after = async (change: Promise<unknown>) => {
    await change
    seen.push(await shop.configVersion())
  }
  const points = await shop.draft(NORTH_COFFEE.points)
  await after(shop.newVersion(points, DOUBLE))
  await after(shop.activate(points))
  await after(shop.newVersion(points, NORTH_COFFEE.points))
  await after(shop.newVersion(points, NORTH_COFFEE.stamps))
  await after(shop.activate(points))
  await after(shop.end(points))
  await after(shop.end(points))
  // The version is 1 at creation; the draft is the second.
  assert.deepEqual(seen, [1, 3, 4, 5, 5, 5, 6, 6])
})

test('the first program of a business may start in the past', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  assert.equal((await shop.activate(points, Date.parse('2025-06-01T00:00:00Z'))).kind, 'activated')
  assert.equal((await shop.inForce('2025-06-01T00:00:00Z'))?.number, 1)
})

test('a change cannot take effect before an earlier change; the error names the earliest time', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  const stamps = await shop.draft(NORTH_COFFEE.stamps)
  const ramadan = Date.parse('2026-02-18T00:00:00Z')
  await shop.activate(points)
  assert.deepEqual(await shop.newVersion(points, DOUBLE, ramadan), { kind: 'saved', version: 2, terms: 2 })
  const error = {
    pointer: '/effective_from',
    message: 'Another change takes effect at 2026-02-18T00:00:00.000Z: choose that time or later',
    message_ar: 'يوجد تغيير آخر يبدأ في 2026-02-18T00:00:00.000Z: اختر هذا الوقت أو وقتًا بعده',
  }
  assert.deepEqual(await shop.activate(stamps), { kind: 'bad_time', error })
  assert.deepEqual(await shop.newVersion(points, DOUBLE), { kind: 'bad_time', error })
  assert.deepEqual(await shop.end(points, ramadan - 1), { kind: 'bad_time', error })
  assert.equal((await shop.end(points, ramadan)).kind, 'ended')
})

test('a date far in the future is refused, because it would block all changes before it', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  const refused = await shop.activate(points, Date.parse('2062-01-01T00:00:00Z'))
  assert.equal(refused.kind === 'bad_time' && refused.error.pointer, '/effective_from')
  assert.equal(await shop.statusOf(points), 'draft')
})

test('a fixed expiry before the start of the program is refused', async () => {
  const shop = await openShop()
  const over = pointsBy([{ id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } }], {
    expiry: { kind: 'fixed', date: '2025-12-30' },
  })
  const points = await shop.draft(over)
  const refused = await shop.activate(points)
  assert.deepEqual(refused.kind === 'invalid' && refused.errors.map((error) => error.pointer), ['/expiry/date'])
  await shop.newVersion(points, NORTH_COFFEE.points)
  await shop.activate(points)
  assert.equal((await shop.newVersion(points, over)).kind, 'invalid')
})

test('a program keeps its type', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  const refused = await shop.newVersion(points, NORTH_COFFEE.stamps)
  assert.deepEqual(refused.kind === 'invalid' && refused.errors.map((error) => error.pointer), ['/type'])
})

test('L9: the program of another business is not found', async () => {
  const [mine, theirs] = [await openShop(), await openShop()]
  const points = await theirs.draft(NORTH_COFFEE.points)
  assert.deepEqual(await mine.activate(points), { kind: 'not_found' })
  assert.deepEqual(await mine.newVersion(points, DOUBLE), { kind: 'not_found' })
  assert.deepEqual(await mine.end(points), { kind: 'not_found' })
  assert.equal(await theirs.statusOf(points), 'draft')
})

test('twenty concurrent changes get consecutive numbers', async () => {
  const shop = await openShop()
  const points = await shop.draft(NORTH_COFFEE.points)
  const stamps = await shop.draft(NORTH_COFFEE.stamps)
  await shop.activate(points)
  await shop.activate(stamps)
  const changes = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0 ? shop.newVersion(points, DOUBLE) : shop.newVersion(stamps, NORTH_COFFEE.stamps),
    ),
  )
  const numbers = changes
    .map((change) => (change.kind === 'saved' ? change.terms : change.kind))
    .sort((a, b) => Number(a) - Number(b))
  assert.deepEqual(
    numbers,
    Array.from({ length: 20 }, (_, n) => n + 3),
  )
  const last = await shop.inForce(START)
  assert.equal(last?.number, 22)
  assert.deepEqual(
    new Map(last?.members.map(({ programId, version }) => [programId, version])),
    new Map([
      [points, 11],
      [stamps, 11],
    ]),
  )
})
