// Upgrades: a database that an earlier LoyaPro filled keeps every row through the later migrations,
// and its ledger is proven afterwards.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Database } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { formatId, type Uuid } from '../src/kernel/ids.ts'
import { ensurePartitions } from '../src/orders/partitions.ts'
import { testDatabase } from './support/database.ts'
import { assertProven } from './support/ledger.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const FIXTURES = new URL('./fixtures/', import.meta.url)

/**
 * Tables and columns ("table.column") that a later migration removes, renames or fills with other
 * values on purpose. A new entry needs a test of its own for what the migration does with the data.
 */
const CHANGED_ON_PURPOSE: readonly string[] = [
  // 0002: the API key that did it became an actor, below.
  'former_phones.key_id',
  'merged_customers.key_id',
  'claims.returned_by',
  'orders.clock',
  'orders.ceiling',
]

const files = (await readdir(FIXTURES)).filter((name) => /^filled-\d{4}\.sql$/.test(name))
assert.ok(files.includes('filled-0001.sql'), 'the baseline has a filled database')

for (const file of files) {
  test(`${file}: every later migration keeps the rows, and the ledger is proven`, async (t) => {
    const { db } = await testDatabase(t, { blank: true })
    const last = Number(file.slice('filled-'.length, -'.sql'.length))
    // given
    const earlier = await mkdtemp(join(tmpdir(), 'loyapro-migrations-'))
    t.after(() => rm(earlier, { recursive: true }))
    for (const name of await migrationNames())
      if (numberOf(name) <= last) await cp(fileURLToPath(new URL(name, MIGRATIONS)), join(earlier, name))
    await migrate(db, pathToFileURL(`${earlier}/`))
    await ensurePartitions(db, Date.now())
    await db.query(await readFile(new URL(file, FIXTURES), 'utf8'))
    const before = await readTables(db)
    for (const [name, { rows }] of before) assert.ok(rows.length > 0, `${name} has a sample row`)
    // when
    const applied = await migrate(db)
    // then
    assert.deepEqual(
      applied,
      (await migrationNames()).filter((name) => numberOf(name) > last),
    )
    const after = await readTables(db)
    for (const [name, { columns, rows }] of before) {
      if (CHANGED_ON_PURPOSE.includes(name)) continue
      const compared = columns.filter((column) => !CHANGED_ON_PURPOSE.includes(`${name}.${column}`))
      assert.deepEqual(only(after.get(name)?.rows ?? [], compared), only(rows, compared), name)
    }
    assertActors(before, after)
    for (const { id } of await db.query<{ id: Uuid }>('select id from businesses'))
      await assertProven(db, { businessId: id })
  })
}

/** 0002: an API key that was recorded becomes an actor of kind `key`. */
function assertActors(before: Tables, after: Tables): void {
  for (const [table, column] of [
    ['former_phones', 'replaced_by'],
    ['merged_customers', 'merged_by'],
  ] as const) {
    const keys = (before.get(table)?.rows ?? []).flatMap(({ key_id: id }) => (typeof id === 'string' ? [id] : []))
    const actors = (after.get(table)?.rows ?? []).flatMap((row) => row[column] ?? [])
    assert.deepEqual(actors.sort(), keys.map((id) => `key:${formatId('apiKey', id)}`).sort(), table)
  }
  const returned = (rows: readonly Row[] = []) => rows.flatMap(({ returned_by: by }) => by ?? []).sort()
  const keys = returned(before.get('claims')?.rows).map((by) => `key:${by}`)
  assert.deepEqual(returned(after.get('claims')?.rows), keys)
}

async function migrationNames(): Promise<string[]> {
  return (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
}

function numberOf(name: string): number {
  return Number(name.slice(0, 4))
}

type Row = Record<string, unknown>

/** All rows, with their values as PostgreSQL writes them in JSON. */
type Tables = ReadonlyMap<string, { columns: string[]; rows: Row[] }>

async function readTables(db: Database): Promise<Tables> {
  const tables = await db.query<{ name: string; columns: string[] }>(
    `select relname as name, array(
       select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
     from pg_class c
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'migrations'`,
  )
  const read = await Promise.all(
    tables.map(async ({ name, columns }) => {
      const rows = await db.query<{ row: Row }>(`select to_jsonb(t) as row from ${name} t`)
      return [name, { columns, rows: rows.map(({ row }) => row) }] as const
    }),
  )
  return new Map(read)
}

/** The rows with these columns alone, in an order of their own. */
function only(rows: readonly Row[], columns: readonly string[]): string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort()
}
