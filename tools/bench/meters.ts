// Meters of a stretch of load: processor time and memory from the system, bytes and statements from
// PostgreSQL.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../../src/db/database.ts'

export interface Reading {
  /**
   * Milliseconds of processor time of the server's processes and of PostgreSQL; null where the
   * system has no /proc.
   */
  serverCpuMs: number | null
  postgresCpuMs: number | null
  walBytes: number
  fullPageImages: number
  databaseBytes: number
}

export async function read(db: Database, serverPids: readonly number[], directory: string): Promise<Reading> {
  const [row] = await db.query<{ wal: number; images: number; bytes: number }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as wal, wal_fpi::bigint as images,
       pg_database_size(current_database()) as bytes
     from pg_stat_wal`,
  )
  const { wal = 0, images = 0, bytes = 0 } = row ?? {}
  return {
    serverCpuMs: await cpuOf(serverPids),
    postgresCpuMs: await cpuOf(await postgresPids(directory)),
    walBytes: wal,
    fullPageImages: images,
    databaseBytes: bytes,
  }
}

/**
 * Resident bytes of the largest of these processes; null where the system has no /proc.
 */
export async function memoryOf(pids: readonly number[]): Promise<number | null> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024
    }),
  )
  const most = Math.max(...sizes)
  return Number.isNaN(most) ? null : most
}

/**
 * Statements that the server executes while `work` is done: it logs each, without its values, and
 * the lines are counted. Apart from the measured rounds, as the log has its own cost.
 */
export async function countStatements(db: Database, directory: string, work: () => Promise<unknown>): Promise<number> {
  const folder = join(directory, 'postgres', 'log')
  await configure(db, ['log_statement', 'log_parameter_max_length'], ["'all'", '0'])
  const before = await logSizes(folder)
  await work()
  await configure(db, ['log_statement', 'log_parameter_max_length'], null)
  let count = 0
  for (const file of (await logSizes(folder)).keys()) {
    const written = (await readFile(join(folder, file))).subarray(before.get(file) ?? 0).toString('latin1')
    count += written.match(/LOG: {2}(statement|execute)/g)?.length ?? 0
  }
  return count
}

async function configure(db: Database, names: string[], values: string[] | null): Promise<void> {
  for (const [n, name] of names.entries()) {
    await db.query(values ? `alter system set ${name} = ${values[n]}` : `alter system reset ${name}`)
  }
  await db.query('select pg_reload_conf()')
  // Every backend takes the news before its next statement.
  await db.query('select pg_sleep(0.2)')
}

async function logSizes(folder: string): Promise<Map<string, number>> {
  const files = (await readdir(folder)).filter((file) => file.startsWith('postgres-'))
  return new Map(await Promise.all(files.map(async (file) => [file, (await stat(join(folder, file))).size] as const)))
}

/**
 * User and system time, with that of children that have ended; ticks are hundredths on every Linux
 * that Node runs on.
 */
async function cpuOf(pids: readonly number[]): Promise<number | null> {
  const ticks = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      // Source: proc_pid_stat(5); the name in parentheses may hold spaces.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return text === '' ? Number.NaN : fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    }),
  )
  const sum = ticks.reduce((a, b) => a + b, 0)
  return pids.length === 0 || Number.isNaN(sum) ? null : sum * 10
}

async function postgresPids(directory: string): Promise<number[]> {
  const text = await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const postmaster = Number.parseInt(text, 10)
  if (!postmaster) return []
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').catch(() => '')
  return [
    postmaster,
    ...children
      .split(' ')
      .filter((pid) => pid !== '')
      .map(Number),
  ]
}
