// A dictionary is deleted after the last record that it compressed, not earlier, and a process that
// has it cached does not compress with it afterwards.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import { testDatabase, untilWaiting } from '../../test/support/database.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { jobDeps } from '../../test/support/worker.ts'
import type { Packed } from '../archive/codec.ts'
import { createDictionaryCache, readBodies } from '../archive/dictionaries.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import type { Database } from '../db/database.ts'
import { createIngest } from '../ingest/ingest.ts'
import { createIds, type Uuid } from '../kernel/ids.ts'
import { createProgramCache } from '../programs/store.ts'
import { createPartitions, dropOldBodies, purgeOldDictionaries } from './retention.ts'

const MONTHS = 2

/** An order at the current time of the shop; its delivery is in the current month. */
function orderNow({ clock }: Shop, id: string) {
  const now = clock.now()
  return orderOf({
    id,
    lines: [{ total: 2400 }],
    more: { version: { updated_at: now, timestamp: now, rank: 1 }, occurred_at: now },
  })
}

const sell = (shop: Shop, id: string, to = shop.ingest) => shop.deliver(orderNow(shop, id), undefined, to)

/** Runs the nightly jobs in their order. Returns the number of deleted dictionaries. */
async function night(db: Database, shop: Shop, at: string) {
  shop.clock.set(at)
  const deps = jobDeps(db, shop)
  await createPartitions(deps)
  const purged = await purgeOldDictionaries(deps, MONTHS)
  await dropOldBodies(deps, MONTHS)
  return purged.done
}

/** The numbers of the stored dictionaries; those without content are negative. */
async function dictionaries(db: Database): Promise<number[]> {
  const rows = await db.query<{ number: number }>(
    `select case when bytes = '' then -number else number end as number from archive_dictionaries order by abs(number)`,
  )
  return rows.map((row) => row.number)
}

async function bodies(db: Database): Promise<string[]> {
  const rows = await db.query<Packed & { businessId: Uuid }>(
    `select business_id as "businessId", dictionary, body as bytes from deliveries order by id`,
  )
  return (await readBodies(db, rows)).map((body) => JSON.parse(body.toString()).pos_order_id)
}

async function packedWith(db: Database): Promise<number[]> {
  return (await db.query<{ dictionary: number }>('select dictionary from deliveries order by id')).map(
    (row) => row.dictionary,
  )
}

/** The ingest of another process on the same database, with its own caches. */
function process(t: TestContext, db: Database, { clock }: Shop) {
  const parts = { programs: createProgramCache(), branches: new Map(), dictionaries: createDictionaryCache() }
  const ingest = createIngest(
    { ...parts, db, clock, ids: createIds(clock), log: pino({ level: 'silent' }) },
    { maxInFlight: 2 },
  )
  t.after(() => ingest.close())
  return ingest
}

test('the dictionary of a month is deleted the night after the last delivery of that month, and those in use are kept', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db, { now: '2030-01-15T12:00:00Z' })
  await createPartitions(jobDeps(db, shop))
  await sell(shop, 'jan')
  for (const [month, id] of [
    [2, 'feb'],
    [3, 'mar'],
    [4, 'apr'],
  ] as const) {
    assert.equal(await night(db, shop, `2030-0${month}-01T00:00:00Z`), 0)
    await sell(shop, id)
  }
  assert.deepEqual(await bodies(db), ['feb', 'mar', 'apr'], 'January was dropped in the first night of April')
  assert.deepEqual(await dictionaries(db), [100, 101, 102, 103], 'a process may still decompress a delivery of January')
  assert.equal(await night(db, shop, '2030-04-02T00:00:00Z'), 1)
  assert.deepEqual(await dictionaries(db), [101, 102, 103])
  assert.equal(await night(db, shop, '2030-04-03T00:00:00Z'), 0)
  assert.deepEqual(await bodies(db), ['feb', 'mar', 'apr'])
  assert.deepEqual(await packedWith(db), [101, 102, 103])
  await assertProven(db, shop)
})

test('a shop without sales keeps only the number of its last dictionary; a process that has it cached compresses with a new one', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db, { now: '2030-01-15T12:00:00Z' })
  await createPartitions(jobDeps(db, shop))
  const second = process(t, db, shop)
  await sell(shop, 'jan')
  await sell(shop, 'jan-2', second)
  await night(db, shop, '2030-04-01T00:00:00Z')
  assert.deepEqual([await dictionaries(db), await bodies(db)], [[100], []])
  assert.equal(await night(db, shop, '2030-04-02T00:00:00Z'), 1)
  assert.deepEqual(await dictionaries(db), [-100])
  assert.equal(await night(db, shop, '2030-04-03T00:00:00Z'), 0)
  const draft = { ...shop.delivery(orderNow(shop, 'draft')), parsed: ignored }
  const answer = await second.submit(draft)
  assert(typeof answer !== 'string' && answer.result === 'ignored')
  assert.deepEqual(await packedWith(db), [2], 'without an order in the month there is only the shipped dictionary')
  await sell(shop, 'apr', second)
  await sell(shop, 'apr-2')
  await sell(shop, 'apr-3', process(t, db, shop))
  assert.deepEqual(await dictionaries(db), [-100, 101])
  assert.deepEqual((await packedWith(db)).sort(), [101, 101, 101, 2])
  assert.deepEqual((await bodies(db)).sort(), ['apr', 'apr-2', 'apr-3', 'draft'])
  await night(db, shop, '2030-07-01T00:00:00Z')
  assert.equal(await night(db, shop, '2030-07-02T00:00:00Z'), 1)
  assert.deepEqual(await dictionaries(db), [-101], 'the number of the previous dictionary is no longer needed')
  await assertProven(db, shop)
})

const ignored = { kind: 'ignored', businessReference: '', event: '', timestamp: 0, reason: 'draft' } as const

test('a dictionary is kept while a delivery in any partition names it, whatever the number of deliveries before that one', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db, { now: '2030-01-15T12:00:00Z' })
  await createPartitions(jobDeps(db, shop))
  await sell(shop, 'jan')
  // A till whose clock is two months ahead.
  const ahead = Date.parse('2030-03-20T00:00:00Z')
  await shop.deliver(
    orderOf({ id: 'ahead', lines: [], more: { version: { updated_at: ahead, timestamp: ahead, rank: 1 } } }),
  )
  shop.clock.set('2030-03-01T00:00:00Z')
  await sell(shop, 'mar')
  await db.query(
    `insert into deliveries (business_id, id, pos_name, result, dictionary, body, received_at)
     select $1, ('0193bc00-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'sample', 'ignored', 1, '', '2030-03-01'
     from generate_series(1, 20000) n`,
    [shop.businessId],
  )
  await night(db, shop, '2030-04-01T00:00:00Z')
  assert.equal(await night(db, shop, '2030-04-02T00:00:00Z'), 0)
  assert.deepEqual(await dictionaries(db), [100, 101])
  await db.query('delete from deliveries where dictionary = 1')
  assert.deepEqual(await bodies(db), ['mar', 'ahead'])
  await night(db, shop, '2030-06-01T00:00:00Z')
  assert.equal(await night(db, shop, '2030-06-02T00:00:00Z'), 2)
  assert.deepEqual([await dictionaries(db), await bodies(db)], [[-101], []])
})

test('two processes delete dictionaries while two others process sales: each dictionary is deleted once, and all deliveries are readable', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db, { now: '2030-01-15T12:00:00Z' })
  await createPartitions(jobDeps(db, shop))
  const second = process(t, db, shop)
  await sell(shop, 'jan', second)
  await sell(shop, 'jan-2')
  await night(db, shop, '2030-04-01T00:00:00Z')
  shop.clock.set('2030-04-02T00:00:00Z')
  const deps = jobDeps(db, shop)
  const purge = () => purgeOldDictionaries(deps, MONTHS)
  const sold = Array.from({ length: 20 }, (_, n) => sell(shop, `apr-${n}`, n % 2 === 0 ? second : shop.ingest))
  const purged = await Promise.all([purge(), purge()])
  await Promise.all(sold)
  assert.equal(
    purged.reduce((sum, { done }) => sum + done, 0),
    1,
  )
  assert.deepEqual(await purge(), { done: 0, failed: 0 })
  assert.deepEqual(new Set(await packedWith(db)), new Set([101]))
  assert.equal((await bodies(db)).length, 20)
  assert.deepEqual(
    await db.query('select id from orders where dictionary >= 100'),
    [],
    'orders are kept, so they do not name a dictionary',
  )
  await assertProven(db, shop)
})

test('a dictionary that two processes delete, one before and one after the first sale of a month, is deleted once', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db, { now: '2030-01-15T12:00:00Z' })
  await createPartitions(jobDeps(db, shop))
  await sell(shop, 'jan')
  await night(db, shop, '2030-04-01T00:00:00Z')
  shop.clock.set('2030-04-02T00:00:00Z')
  const purge = () => purgeOldDictionaries(jobDeps(db, shop), MONTHS)
  const { promise: everyoneWaits, resolve: letGo } = Promise.withResolvers<void>()
  const holding = Promise.withResolvers<void>()
  const held = db.transaction(async (tx) => {
    await lockBusinesses(tx, [shop.businessId])
    holding.resolve()
    await everyoneWaits
  })
  await holding.promise
  const first = purge()
  await untilWaiting(db, 1)
  const sold = sell(shop, 'apr')
  await untilWaiting(db, 2)
  const second = purge()
  await untilWaiting(db, 3)
  letGo()
  await Promise.all([held, sold])
  assert.deepEqual(await Promise.all([first, second]), [
    { done: 1, failed: 0 },
    { done: 0, failed: 0 },
  ])
  assert.deepEqual(await dictionaries(db), [101])
})

test('a stopped run deletes no dictionary, and recent ones are not considered', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db, { now: '2030-01-31T23:59:59Z' })
  await createPartitions(jobDeps(db, shop))
  await sell(shop, 'jan')
  await db.query('truncate deliveries')
  shop.clock.set('2030-03-31T23:59:59Z')
  assert.deepEqual(await purgeOldDictionaries(jobDeps(db, shop), MONTHS), { done: 0, failed: 0 })
  shop.clock.set('2030-04-01T00:00:00Z')
  const stopped = { ...jobDeps(db, shop), signal: AbortSignal.abort() }
  assert.deepEqual(await purgeOldDictionaries(stopped, MONTHS), { done: 0, failed: 0 })
  assert.deepEqual(await dictionaries(db), [100])
  assert.deepEqual(await purgeOldDictionaries(jobDeps(db, shop), MONTHS), { done: 1, failed: 0 })
})
