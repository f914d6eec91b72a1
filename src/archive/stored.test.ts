// How deliveries and orders are stored: one archive record per delivery, compressed with a
// dictionary of the business.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import { testDatabase } from '../../test/support/database.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { createIngest, type IngestDeps } from '../ingest/ingest.ts'
import { createIds, type Uuid } from '../kernel/ids.ts'
import { findBody } from '../orders/read-deliveries.ts'
import { createProgramCache } from '../programs/store.ts'
import { unpack } from './codec.ts'
import { createDictionaryCache } from './dictionaries.ts'

const { db } = await testDatabase()

const coffee = (id: string, more: object = {}) => orderOf({ id, lines: [{ total: 2400 }], ...more })

interface StoredRow {
  id: Uuid
  dictionary: number
  body: Buffer
  kept: boolean
  listed: boolean
}

/**
 * The deliveries of a shop in the order of their events, and whether their order's row keeps
 * snapshot and list itself.
 */
function stored(shop: Shop): Promise<StoredRow[]> {
  return db.query<StoredRow>(
    `select d.id, d.dictionary, d.body, o.snapshot is not null as kept, o.deliveries is not null as listed
     from deliveries d join orders o on o.business_id = d.business_id and o.id = d.order_id
     where d.business_id = $1 order by d.id`,
    [shop.businessId],
  )
}

test('an order is kept once: in the record of its delivery, with a dictionary that its business has since its first one', async () => {
  const shop = await openShop(db)
  const orders = Array.from({ length: 20 }, (_, n) => coffee(`f-${n}`, { at: n, phone: `+9665000001${10 + n}` }))
  const answers = []
  for (const order of orders) answers.push(await shop.deliver(order))
  const rows = await stored(shop)
  assert.equal(rows.length, 20)
  for (const [n, row] of rows.entries()) {
    assert.deepEqual([row.dictionary, row.kept, row.listed], [100, false, false])
    assert.deepEqual(await findBody(db, shop.businessId, row.id), Buffer.from(JSON.stringify(orders[n])))
    assert.ok(row.body.length < 400, `${row.body.length} bytes for body, order and answer`)
    const again = await shop.deliver(orders[n] ?? coffee('none'))
    assert.equal(JSON.stringify(again), JSON.stringify({ ...answers[n], result: 'duplicate' }))
  }
  await assertProven(db, shop)
})

test('an integration without a list of non-personal fields uses the shipped dictionary of the standard format', async () => {
  const shop = await openShop(db)
  const delivery = { ...shop.delivery(coffee('n-1')), adapter: 'without-profile' }
  const outcome = await shop.ingest.submit(delivery)
  assert(typeof outcome !== 'string')
  assert.deepEqual(await dictionariesOf(shop), [])
  assert.deepEqual(
    (await stored(shop)).map((row) => row.dictionary),
    [2],
  )
  assert.deepEqual(await findBody(db, shop.businessId, delivery.id), delivery.body)
  await assertProven(db, shop)
})

test('a second snapshot lists both deliveries, and the order is read from the newer one, in any order of arrival', async () => {
  const shop = await openShop(db)
  await shop.deliver(coffee('s-1', { version: 1, lines: [{ total: 3600 }] }))
  await shop.deliver(coffee('s-1'))
  assert.deepEqual(
    (await stored(shop)).map((row) => [row.kept, row.listed]),
    [
      [false, true],
      [false, true],
    ],
  )
  const back = await shop.deliver(coffee('s-2', { returns: 's-1', at: 9, lines: [{ total: 3600 }] }))
  assert.equal(back.movements.find((one) => one.unit === 'point')?.units, -36)
  await assertProven(db, shop)
})

test('deliveries that share a batch read the orders of each other, which are not written yet', async (t) => {
  const shop = await openShop(db)
  const sizes: number[] = []
  const ingest = secondProcess(t, shop, ({ size }) => sizes.push(size))
  const [sale, part, rest] = await Promise.all([
    shop.deliver(orderOf({ id: 'b-1', lines: [{ total: 2400, pieces: 2 }] }), undefined, ingest),
    shop.deliver(orderOf({ id: 'b-2', returns: 'b-1', at: 1, lines: [{ total: 1200 }] }), undefined, ingest),
    shop.deliver(orderOf({ id: 'b-3', returns: 'b-1', at: 2, lines: [{ total: 1200 }] }), undefined, ingest),
  ])
  const points = [sale, part, rest].map((answer) => answer.movements.find((one) => one.unit === 'point')?.units)
  assert.deepEqual(points, [24, -12, -12])
  assert.deepEqual(sizes, [3], 'no batch failed and was halved')
  await assertProven(db, shop)
})

test("two processes that receive a new business concurrently make one dictionary, and read each other's records", async (t) => {
  const shop = await openShop(db)
  const second = secondProcess(t, shop)
  const orders = Array.from({ length: 40 }, (_, n) => coffee(`r-${n}`, { at: n }))
  await Promise.all(orders.map((order, n) => shop.deliver(order, undefined, n % 2 === 0 ? shop.ingest : second)))
  assert.deepEqual(await dictionariesOf(shop), [100])
  for (const [n, row] of (await stored(shop)).entries()) {
    assert.equal(row.dictionary, 100)
    assert.deepEqual(await findBody(db, shop.businessId, row.id), Buffer.from(JSON.stringify(orders[n])))
  }
  await assertProven(db, shop)
})

test('with the first order of a month there is a new dictionary, also for a process that made the last one; old records stay readable', async (t) => {
  const shop = await openShop(db, { now: '2026-01-31T23:00:00Z' })
  const second = secondProcess(t, shop)
  await shop.deliver(coffee('m-1'))
  await shop.deliver(coffee('m-2', { at: 1 }), undefined, second)
  shop.clock.set('2026-02-01T00:00:00Z')
  // Each knows the dictionary of January, and one of them made that of February.
  await shop.deliver(coffee('m-3', { at: 2 }), undefined, second)
  await shop.deliver(coffee('m-4', { at: 3 }))
  assert.deepEqual(await dictionariesOf(shop), [100, 101])
  assert.deepEqual(
    (await stored(shop)).map((row) => row.dictionary),
    [100, 100, 101, 101],
  )
  await shop.deliver(coffee('m-5', { returns: 'm-1', at: 4 }))
  await assertProven(db, shop)
})

test('a dictionary whose batch was undone is not remembered', async () => {
  const shop = await openShop(db)
  const poison = coffee('u-poison', { more: { business_date: '2026-02-31' } })
  assert.equal((await shop.deliver(poison)).result, 'failed')
  assert.deepEqual(await dictionariesOf(shop), [])
  await shop.deliver(coffee('u-1'))
  assert.deepEqual(await dictionariesOf(shop), [100])
  assert.equal((await shop.deliver(coffee('u-1'))).result, 'duplicate')
  await assertProven(db, shop)
})

test('a first order that is huge makes a dictionary of a bounded size, and all is read back', async () => {
  const shop = await openShop(db)
  const words = Array.from({ length: 8_000 }, (_, n) => `note ${n * 7919}`).join(' ')
  const orders = [coffee('l-1'), coffee('l-2', { at: 1 })]
  const bodies = orders.map((order) => JSON.stringify({ ...order, words }))
  for (const [n, order] of orders.entries()) await shop.deliver(order, bodies[n])
  const rows = await stored(shop)
  for (const [n, row] of rows.entries()) {
    assert.equal(row.dictionary, 100)
    assert.equal(String(await findBody(db, shop.businessId, row.id)), bodies[n])
  }
  const [made] = await db.query<{ dictionary: number; bytes: Buffer }>(
    'select dictionary, bytes from archive_dictionaries where business_id = $1',
    [shop.businessId],
  )
  assert.equal(made && unpack(made).length, 32_768)
  await assertProven(db, shop)
})

test('an order that is weeks old on arrival is also stored in its own row, because its delivery may be dropped at any time', async () => {
  const shop = await openShop(db, { now: '2026-01-24T09:00:00.001Z' })
  await shop.deliver(coffee('o-1'))
  assert.deepEqual(
    (await stored(shop)).map((row) => row.kept),
    [true],
  )
  shop.clock.set('2026-01-24T08:59:00Z')
  await shop.deliver(coffee('o-2'))
  assert.deepEqual((await stored(shop)).map((row) => row.kept).sort(), [false, true])
  await assertProven(db, shop)
})

test('a replayed delivery that is now read differently is assessed by the new reading, and its first answer stays', async () => {
  const shop = await openShop(db)
  const first = await shop.deliver(coffee('a-1'))
  const delivery = shop.delivery(coffee('a-1'))
  assert.equal(await replay(shop, delivery), 'processed')
  assert.deepEqual(
    (await stored(shop)).map((row) => row.kept),
    [false],
    'read as before it lies where it lay',
  )
  // The adapter of a later version finds a line that it did not know.
  const order = orderOf({ id: 'a-1', lines: [{ total: 2400 }, { total: 600, product: 'tea' }] })
  assert.equal(await replay(shop, { ...delivery, parsed: { kind: 'order', order } }), 'processed')
  assert.deepEqual(
    (await stored(shop)).map((row) => row.kept),
    [true],
  )
  const back = await shop.deliver(coffee('a-2', { returns: 'a-1', at: 9, lines: [{ total: 600, product: 'tea' }] }))
  assert.equal(back.movements.find((one) => one.unit === 'point')?.units, -6, 'what judged the sale is read back')
  const again = await shop.deliver(coffee('a-1'))
  assert.equal(JSON.stringify(again), JSON.stringify({ ...first, result: 'duplicate' }))
  await assertProven(db, shop)
})

test('a failed delivery that is applied later is written again, with its order', async () => {
  const shop = await openShop(db)
  const order = coffee('h-1', { more: { business_date: '2026-02-31' } })
  const failed = shop.delivery(order)
  assert.equal((await shop.deliver(order)).result, 'failed')
  assert.deepEqual(await findBody(db, shop.businessId, failed.id), failed.body)
  const healed = { ...failed, parsed: { kind: 'order' as const, order: coffee('h-1') } }
  assert.equal(await replay(shop, healed), 'processed')
  assert.deepEqual(
    (await stored(shop)).map((row) => [row.dictionary, row.kept]),
    [[100, false]],
  )
  await shop.deliver(coffee('h-2', { returns: 'h-1', at: 9 }))
  await assertProven(db, shop)
})

test('a try that fails takes nothing away from a delivery that had its effect', async () => {
  const shop = await openShop(db)
  const first = await shop.deliver(coffee('k-1'))
  const delivery = shop.delivery(coffee('k-1'))
  const order = coffee('k-1', { more: { business_date: '2026-02-31' } })
  assert.equal(await replay(shop, { ...delivery, parsed: { kind: 'order', order } }), 'failed')
  const again = await shop.deliver(coffee('k-1'))
  assert.equal(JSON.stringify(again), JSON.stringify({ ...first, result: 'duplicate' }))
  await assertProven(db, shop)
})

test('an order records the customers that it belonged to before', async () => {
  const shop = await openShop(db)
  await shop.deliver(coffee('f-1', { phone: '+966500000031', at: 1 }))
  await shop.deliver(coffee('f-1', { phone: '+966500000032', at: 2 }))
  await shop.deliver(coffee('f-2', { phone: '+966500000032', at: 3 }))
  const former = await db.query<{ former: string[] | null }>(
    'select former_customers as former from orders where business_id = $1 order by occurred_at',
    [shop.businessId],
  )
  assert.deepEqual(
    former.map((row) => row.former?.length ?? 0),
    [1, 0],
  )
})

function dictionariesOf(shop: Shop): Promise<number[]> {
  return db
    .query<{ number: number }>('select number from archive_dictionaries where business_id = $1 order by 1', [
      shop.businessId,
    ])
    .then((rows) => rows.map((row) => row.number))
}

async function replay(shop: Shop, delivery: ReturnType<Shop['delivery']>): Promise<string> {
  const outcome = await shop.ingest.submit({ ...delivery, replay: true })
  return typeof outcome === 'string' ? outcome : outcome.result
}

/**
 * A second LoyaPro on the same database, at the time of the shop, with nothing in common but the
 * rows.
 */
function secondProcess(t: TestContext, { clock }: Shop, onBatch: IngestDeps['onBatch'] = () => {}) {
  const parts = { programs: createProgramCache(), branches: new Map(), dictionaries: createDictionaryCache() }
  const log = pino({ level: 'silent' })
  const ingest = createIngest({ ...parts, db, clock, ids: createIds(clock), log, onBatch }, { maxInFlight: 2 })
  t.after(() => ingest.close())
  return ingest
}
