// A database of its own for each test file: cloned from the migrated template that scripts/test.ts
// prepared, dropped afterwards.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { createDatabase, type Database } from '../../src/db/database.ts'

/** The server of a test run; scripts/test.ts passes it as JSON in LOYAPRO_TEST_DATABASE. */
export interface TestServer {
  /** A database from which others can be created and dropped. */
  adminUrl: string
  /** The name of the migrated database to clone. */
  template: string
}

/**
 * Clones the template; the clone is dropped when `t` ends. Without `t` it exists as long as the
 * file's tests, and is created at the top level of the file: `const { db } = await testDatabase()`.
 * `blank` gives an empty database, not migrated.
 */
export async function testDatabase(
  t: { after(drop: () => Promise<void>): void } = { after },
  { blank = false, max = 10 }: { blank?: boolean; max?: number } = {},
): Promise<{ db: Database; url: string }> {
  const { adminUrl, template } = testServer()
  const name = `loyapro_test_${randomBytes(8).toString('hex')}`
  // Copying the files costs half of what copying through the log costs, which is the default.
  const source = blank ? 'template0' : template
  await asAdmin(adminUrl, `create database ${name} template ${source} strategy file_copy`)
  const url = databaseUrl(adminUrl, name)
  const db = createDatabase({ url, max })
  t.after(async () => {
    await db.close()
    await asAdmin(adminUrl, `drop database ${name} with (force)`)
  })
  return { db, url }
}

export function testServer(): TestServer {
  const text = process.env.LOYAPRO_TEST_DATABASE
  if (!text)
    throw new Error('tests need a database: run them with `npm test`, or some of them with `npm test -- src/ledger`')
  return JSON.parse(text)
}

export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

/** The same database, with a changed connection setting. */
export function withSetting(url: string, name: string, value: string): string {
  const changed = new URL(url)
  changed.searchParams.set(name, value)
  return changed.href
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const admin = createDatabase({ url: adminUrl, max: 1 })
  await admin.query(statement)
  await admin.close()
}

/**
 * Resolves when this many transactions wait for a lock. Transactions that start one after another
 * wait in that order.
 */
export async function untilWaiting(db: Database, count = 1): Promise<void> {
  for (let looks = 0; ; looks++) {
    assert(looks < 10_000, `fewer than ${count} wait for a lock`)
    const [row] = await db.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (row && row.n >= count) return
  }
}
