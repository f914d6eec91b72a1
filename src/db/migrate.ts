// Brings a database to the schema of this LoyaPro: plain SQL files, each applied once, forward
// only, by any number of processes.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import type { Database, Transaction } from './database.ts'
import { sqlState } from './errors.ts'

/**
 * The database and the migration files do not belong together, or a file failed. The message says
 * what to do.
 */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/**
 * Applies the files `NNNN_name.sql` of `directory` that the database has not seen, each in a
 * transaction of its own, and returns their names. Safe when several processes start at once: each
 * file is applied by one, the others wait for it. Throws MigrationError when the database is newer
 * than the files, when it has other files, when an applied file was changed, or when one fails.
 */
export async function migrate(database: Database, directory: URL = DIRECTORY): Promise<string[]> {
  const files = await readMigrations(directory)
  await createRegister(database)
  verify(files, await database.query<Applied>('select number, name, checksum from migrations order by number'))
  const applied: string[] = []
  for (const file of files) {
    if (await database.transaction((tx) => applyOnce(tx, file))) applied.push(file.name)
  }
  return applied
}

const DIRECTORY = new URL('../../migrations/', import.meta.url)

interface Applied {
  number: number
  name: string
  checksum: string
}

interface Migration extends Applied {
  sql: string
}

async function readMigrations(directory: URL): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort()
  const files = await Promise.all(
    names.map(async (name) => {
      // Git may have given the file the line ends of the machine; the checksum must not depend on
      // it.
      const sql = (await readFile(new URL(name, directory), 'utf8')).replaceAll('\r\n', '\n')
      return { number: Number(name.slice(0, 4)), name, checksum: createHash('sha256').update(sql).digest('hex'), sql }
    }),
  )
  files.forEach((file, index) => {
    if (file.number !== index + 1)
      throw new MigrationError(`migration files must be numbered without gaps: ${file.name}`)
  })
  return files
}

async function createRegister(database: Database): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await database.query(`create table if not exists migrations (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
      return
    } catch (error) {
      // Twins that create the same table at the same moment collide in the catalogue; afterwards it
      // exists.
      if (attempt === 3 || !['23505', '42710', '42P07'].includes(sqlState(error) ?? '')) throw error
    }
  }
}

function verify(files: readonly Migration[], applied: readonly Applied[]): void {
  for (const row of applied) {
    const file = files[row.number - 1]
    if (!file) {
      throw new MigrationError(
        `the database is newer than this version of LoyaPro: it has migration ${row.name}, but this version has only ${files.length} migrations. ` +
          'Start the newer version, or restore a backup from before the upgrade.',
      )
    }
    if (file.name !== row.name) {
      throw new MigrationError(
        `the database was created by another version of LoyaPro, whose migrations differ (${row.name} instead of ${file.name}). It cannot be upgraded. ` +
          'Use an empty database: set another DATABASE_URL, or another LOYAPRO_DATA_DIR for the embedded server.',
      )
    }
    if (file.checksum !== row.checksum) {
      throw new MigrationError(
        `migration ${file.name} was changed after it was applied (as ${row.name}). Restore the file and add the change as a new migration.`,
      )
    }
  }
}

/**
 * Enters the file in the register before it runs: a twin waits there until this transaction ends,
 * then finds it entered. The wait has no limit; what the file does to tables in use has the limit
 * of every other statement.
 */
async function applyOnce(tx: Transaction, { number, name, checksum, sql }: Migration): Promise<boolean> {
  await tx.query('set local statement_timeout = 0; set local lock_timeout = 0')
  const mine = await tx.query(
    'insert into migrations (number, name, checksum) values ($1, $2, $3) on conflict do nothing returning number',
    [number, name, checksum],
  )
  if (mine.length === 0) return false
  await tx.query('set local lock_timeout to default')
  await tx.query(sql).catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError)) throw error
    throw new MigrationError(`migration ${name} failed${lineOf(error, sql)}: ${error.message}`, { cause: error })
  })
  return true
}

function lineOf(error: pg.DatabaseError, sql: string): string {
  return error.position ? ` at line ${sql.slice(0, Number(error.position)).split('\n').length}` : ''
}
