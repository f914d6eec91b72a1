// Monthly partitions of deliveries: there when needed, moved into when late, dropped when old.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { createDatabase, type Database } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { instant } from '../db/values.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds } from '../kernel/ids.ts'
import { dropPartitionsBefore, ensurePartitions } from './partitions.ts'

const BUSINESS = '01890000-0000-7000-8000-00000000000a'
const NEW_YEARS_EVE = Date.parse('2026-12-31T23:59:59.999Z')

test('last month, this month and the next two have a partition; each delivery is in the month of its id', async (t) => {
  const { db } = await freshDatabase(t)
  await ensurePartitions(db, NEW_YEARS_EVE)
  assert.deepEqual(await partitions(db), [
    'deliveries_2026_11',
    'deliveries_2026_12',
    'deliveries_2027_01',
    'deliveries_2027_02',
    'deliveries_default',
  ])
  for (const at of [
    '2026-11-01T00:00:00.000Z',
    '2026-12-31T23:59:59.999Z',
    '2027-01-01T00:00:00.000Z',
    '2023-01-01T00:00:00Z',
  ]) {
    await deliver(db, at)
  }
  assert.deepEqual(await whereabouts(db), [
    // An id from another year has no partition, but it is stored.
    ['2023-01-01T00:00:00.000Z', 'deliveries_default'],
    ['2026-11-01T00:00:00.000Z', 'deliveries_2026_11'],
    ['2026-12-31T23:59:59.999Z', 'deliveries_2026_12'],
    ['2027-01-01T00:00:00.000Z', 'deliveries_2027_01'],
  ])
})

test('deliveries that arrived before their partition existed move into it, and those of other months stay', async (t) => {
  const { db } = await freshDatabase(t)
  await ensurePartitions(db, Date.parse('2026-06-15T00:00:00Z'))
  await deliver(db, '2026-12-15T00:00:00.000Z')
  await deliver(db, '2030-01-15T00:00:00.000Z')
  await ensurePartitions(db, NEW_YEARS_EVE)
  assert.deepEqual(await whereabouts(db), [
    ['2026-12-15T00:00:00.000Z', 'deliveries_2026_12'],
    ['2030-01-15T00:00:00.000Z', 'deliveries_default'],
  ])
})

test('ten processes create the same partitions concurrently, while deliveries arrive, without errors', async (t) => {
  const { db, url } = await freshDatabase(t)
  await ensurePartitions(db, Date.parse('2026-06-15T00:00:00Z'))
  const processes = Array.from({ length: 10 }, () => createDatabase({ url, max: 1 }))
  t.after(() => Promise.all(processes.map((each) => each.close())))
  await Promise.all([
    ...processes.map((each) => ensurePartitions(each, NEW_YEARS_EVE)),
    ...Array.from({ length: 50 }, () => deliver(db, '2026-12-15T00:00:00.000Z')),
  ])
  const places = (await whereabouts(db)).map(([, partition]) => partition)
  assert.deepEqual(places, Array(50).fill('deliveries_2026_12'))
})

test('months that ended before a time are dropped with their deliveries; the month of that time is kept', async (t) => {
  const { db } = await freshDatabase(t)
  await ensurePartitions(db, NEW_YEARS_EVE)
  for (const at of ['2023-01-01T00:00:00Z', '2026-11-30T23:59:59.999Z', '2026-12-01T00:00:00.000Z'])
    await deliver(db, at)
  await dropPartitionsBefore(db, Date.parse('2026-12-15T00:00:00Z'))
  assert.deepEqual(await whereabouts(db), [['2026-12-01T00:00:00.000Z', 'deliveries_2026_12']])
  assert.deepEqual(await partitions(db), [
    'deliveries_2026_12',
    'deliveries_2027_01',
    'deliveries_2027_02',
    'deliveries_default',
  ])
})

test('without an old month no lock is taken: a long read of the deliveries neither waits nor blocks others', async (t) => {
  const { db } = await freshDatabase(t)
  await ensurePartitions(db, NEW_YEARS_EVE)
  await deliver(db, '2023-01-01T00:00:00Z')
  await db.transaction(async (reader) => {
    await reader.query('select count(*) from deliveries')
    await dropPartitionsBefore(db, Date.parse('2026-11-15T00:00:00Z'))
  })
  assert.deepEqual(await whereabouts(db), [], 'deliveries that were received before it are deleted')
})

test('compressed columns are not compressed again', async (t) => {
  const { db } = await freshDatabase(t)
  await ensurePartitions(db, NEW_YEARS_EVE)
  const columns = await db.query(
    `select distinct attname, attstorage from pg_attribute join pg_inherits on inhrelid = attrelid
     where inhparent = 'deliveries'::regclass and attname = 'body' order by 1`,
  )
  assert.deepEqual(columns, [{ attname: 'body', attstorage: 'e' }])
})

async function freshDatabase(t: { after(drop: () => Promise<void>): void }) {
  const database = await testDatabase(t, { blank: true })
  await migrate(database.db)
  return database
}

async function deliver(db: Database, at: string): Promise<void> {
  const clock = new ManualClock(at)
  await db.query(
    `insert into deliveries (business_id, id, pos_name, result, dictionary, body, received_at)
     values ($1, $2, 'sample', 'processed', 1, '', $3)`,
    [BUSINESS, createIds(clock).next(), instant(clock.now())],
  )
}

async function whereabouts(db: Database): Promise<[string, string][]> {
  const rows = await db.query<{ at: number; partition: string }>(
    'select received_at as at, tableoid::regclass::text as partition from deliveries order by received_at',
  )
  return rows.map(({ at, partition }) => [instant(at), partition])
}

async function partitions(db: Database): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'deliveries'::regclass order by 1`,
  )
  return rows.map(({ name }) => name)
}
