// Two LoyaPros as they are started in earnest, on one PostgreSQL, each ended and started again as a
// fault wants it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert, must } from '../../src/kernel/assert.ts'
import { NODE_FLAGS, portOf } from '../bench/processes.ts'
import type { BenchWorld } from '../bench/world.ts'

export interface Server {
  /** Where it is after every start. */
  readonly port: number
  /** Of the process that runs, or ran last. */
  readonly pid: number
  /**
   * Resolves when it serves; with a clock that is so many milliseconds ahead where a number is
   * given.
   */
  start(aheadMs?: number): Promise<void>
  /** Moves the clock of a process that was started with one; resolves when it is moved. */
  setClock(aheadMs: number): Promise<void>
  /** Does nothing to a process that is gone. */
  signal(signal: NodeJS.Signals): void
  /** Resolves when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Both run. `databaseUrl` may lead through something that stands between them and PostgreSQL. */
export async function startPair(world: BenchWorld, databaseUrl: string): Promise<[Server, Server]> {
  const pair: [Server, Server] = [serverOf(world, databaseUrl), serverOf(world, databaseUrl)]
  try {
    for (const server of pair) await server.start()
    return pair
  } catch (error) {
    await Promise.all(pair.map((server) => server.end('SIGKILL')))
    throw error
  }
}

const CLOCK = new URL('./clock-shift.ts', import.meta.url).href

function serverOf({ directory, secretKey }: BenchWorld, databaseUrl: string): Server {
  const entry = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
  const settings = { DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: directory, LOYAPRO_SECRET_KEY: secretKey }
  let child: ChildProcess | undefined
  let port = 0
  const signal = (name: NodeJS.Signals) => {
    if (child && isAlive(child)) child.kill(name)
  }
  process.once('exit', () => signal('SIGKILL'))
  return {
    get port() {
      return port
    },
    get pid() {
      return child?.pid ?? 0
    },
    async start(aheadMs) {
      assert(!child || !isAlive(child), 'the server is ended before it is started again')
      const log = openSync(join(directory, 'loyapro.log'), 'a')
      const flags = aheadMs === undefined ? [] : ['--import', CLOCK]
      const env = {
        ...process.env,
        ...settings,
        PORT: String(port),
        HOST: '127.0.0.1',
        ...(aheadMs !== undefined && { FAULT_CLOCK_MS: String(aheadMs) }),
      }
      child = spawn(process.execPath, [...NODE_FLAGS, ...flags, entry, 'start', '--no-demo'], {
        env,
        stdio: ['ignore', 'pipe', log, ...(aheadMs === undefined ? [] : ['ipc' as const])],
      })
      closeSync(log)
      const late = setTimeout(() => signal('SIGKILL'), 60_000)
      port = await portOf(child).catch(async (error: Error) => {
        throw new Error(`${error.message}\n${(await readFile(join(directory, 'loyapro.log'), 'utf8')).slice(-2_000)}`)
      })
      clearTimeout(late)
    },
    async setClock(aheadMs) {
      const running = must(child, 'a process')
      const moved = once(running, 'message', { signal: AbortSignal.timeout(10_000) })
      running.send(aheadMs)
      await moved
    },
    signal,
    async end(name) {
      if (!child || !isAlive(child)) return
      const gone = once(child, 'exit')
      signal(name)
      const late = setTimeout(() => signal('SIGKILL'), 30_000)
      await gone
      clearTimeout(late)
    },
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}
