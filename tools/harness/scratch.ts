// A scratch directory with a PostgreSQL in it, for as long as a tool or a test run needs them.
import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/db/embedded/embedded.ts'

export interface Scratch {
  directory: string
  /** URL of an empty database on the server. */
  databaseUrl: string
}

export interface ScratchOptions {
  /** Part of the directory's name. */
  name: string
  /** False gives up safety against power failure. Default: as durable as LoyaPro's own server. */
  durable?: boolean
  /** Parent of the directory. Default: the system's directory for temporary files. */
  under?: string
}

/**
 * Starts a PostgreSQL, and removes it and the directory afterwards. A process that exits before
 * that removes them on its way out.
 */
export async function withScratch<T>(
  { name, durable = true, under = tmpdir() }: ScratchOptions,
  use: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(under, `loyapro-${name}-`))
  const removeAtOnce = () => {
    const pid = postmasterOf(directory)
    if (pid !== null) process.kill(pid, 'SIGQUIT')
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
  }
  process.once('exit', removeAtOnce)
  await using opened = new AsyncDisposableStack()
  opened.defer(async () => {
    await rm(directory, { recursive: true, force: true, maxRetries: 10 })
    process.removeListener('exit', removeAtOnce)
  })
  const server = await startEmbedded({ dataDir: directory, durable })
  opened.defer(() => server.stop())
  return await use({ directory, databaseUrl: server.url })
}

/**
 * The process id of the PostgreSQL in a scratch directory; null when none runs. Source:
 * https://www.postgresql.org/docs/current/storage-file-layout.html (the first line of
 * postmaster.pid).
 */
export function postmasterOf(directory: string): number | null {
  try {
    return Number(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return null
  }
}
