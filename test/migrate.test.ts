// Migrations: one effect however many start at once, and clear words when database and files do not
// belong together.
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createDatabase } from '../src/db/database.ts'
import { MigrationError, migrate } from '../src/db/migrate.ts'
import { testDatabase } from './support/database.ts'

const OURS = new URL('../migrations/', import.meta.url)

test('twenty processes that migrate an empty database at once all succeed, and each file is applied once', async (t) => {
  const { db, url } = await testDatabase(t, { blank: true })
  const processes = Array.from({ length: 20 }, () => createDatabase({ url, max: 1 }))
  t.after(() => Promise.all(processes.map((each) => each.close())))

  const applied = await Promise.all(processes.map((each) => migrate(each)))

  const register = await db.query<{ name: string }>('select name from migrations order by number')
  assert.deepEqual(
    applied.flat().sort(),
    register.map(({ name }) => name),
  )
  assert.deepEqual(await migrate(db), [], 'afterwards there is nothing to do')
})

test('databases of one server can be migrated at the same moment, although they share the role of the API', async (t) => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => testDatabase(t, { blank: true, max: 1 })))
  const applied = await Promise.all(databases.map(({ db }) => migrate(db)))
  for (const names of applied) assert.ok(names.length > 0)
})

test('a database that is newer than the code is refused, with the way out', async (t) => {
  const { db } = await testDatabase(t)
  await db.query(`insert into migrations (number, name, checksum) values (9999, '9999_future.sql', '')`)
  await assert.rejects(migrate(db), (error) => {
    assert.ok(error instanceof MigrationError)
    assert.match(
      error.message,
      /newer than this version of LoyaPro: it has migration 9999_future\.sql.*Start the newer version/,
    )
    return true
  })
})

test('a file that was changed after it was applied is refused; other line ends are no change', async (t) => {
  const { db } = await testDatabase(t, { blank: true })
  const { folder, write } = await migrationsFolder(t)
  await write('0001_shelf.sql', 'create table shelf (\n  id uuid primary key\n);\n')
  assert.deepEqual(await migrate(db, folder), ['0001_shelf.sql'])

  await write('0001_shelf.sql', 'create table shelf (\r\n  id uuid primary key\r\n);\r\n')
  assert.deepEqual(await migrate(db, folder), [])

  await write('0001_shelf.sql', 'create table shelf (\n  id text primary key\n);\n')
  await assert.rejects(migrate(db, folder), /0001_shelf\.sql was changed after it was applied/)
})

test('a database with the migrations of another version is refused, with the way out', async (t) => {
  const { db } = await testDatabase(t, { blank: true })
  const { folder, write } = await migrationsFolder(t)
  await write('0001_spine.sql', 'create table spine (id uuid primary key);')
  await migrate(db, folder)
  await assert.rejects(migrate(db), (error) => {
    assert.ok(error instanceof MigrationError)
    assert.match(error.message, /created by another version.*0001_spine\.sql instead of 0001_baseline\.sql/)
    assert.match(error.message, /Use an empty database: .*LOYAPRO_DATA_DIR/)
    return true
  })
})

test('a file that fails is undone whole and named with its line; the files before it stay applied', async (t) => {
  const { db } = await testDatabase(t, { blank: true })
  const { folder, write } = await migrationsFolder(t)
  await write('0001_shelf.sql', 'create table shelf (id uuid primary key);')
  await write(
    '0002_books.sql',
    'create table books (id uuid primary key);\nselect 1;\ninsert into nowhere values (1);\n',
  )
  await assert.rejects(
    migrate(db, folder),
    /migration 0002_books\.sql failed at line 3: relation "nowhere" does not exist/,
  )
  assert.deepEqual(await db.query(`select to_regclass('books') as books, to_regclass('shelf')::text as shelf`), [
    { books: null, shelf: 'shelf' },
  ])

  await write('0002_books.sql', 'create table books (id uuid primary key);')
  assert.deepEqual(await migrate(db, folder), ['0002_books.sql'])
})

test('a gap in the numbers is refused before anything is applied', async (t) => {
  const { db } = await testDatabase(t, { blank: true })
  const { folder, write } = await migrationsFolder(t)
  await cp(OURS, folder, { recursive: true })
  await write('9000_later.sql', 'select 1;')
  await assert.rejects(migrate(db, folder), /numbered without gaps: 9000_later\.sql/)
  assert.deepEqual(await db.query(`select to_regclass('businesses') as businesses`), [{ businesses: null }])
})

async function migrationsFolder(t: TestContext) {
  const path = await mkdtemp(join(tmpdir(), 'loyapro-migrations-'))
  t.after(() => rm(path, { recursive: true }))
  const write = (name: string, sql: string) => writeFile(join(path, name), sql)
  return { folder: pathToFileURL(`${path}/`), write }
}
