// Two LoyaPro servers on one PostgreSQL, started by the launcher; each fault stops and restarts
// them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assert, must } from '../../src/kernel/assert.ts'
import { LAUNCHER, portOf } from '../bench/processes.ts'
import type { BenchWorld } from '../bench/world.ts'

export interface Server {
  /** The same after every start. */
  readonly port: number
  /** Of the running process, or of the last one. */
  readonly pid: number
  /** Resolves when it serves. With `aheadMs`, its clock is ahead by so many milliseconds. */
  start(aheadMs?: number): Promise<void>
  /** Moves the clock of a process that was started with `aheadMs`; resolves when it has moved. */
  setClock(aheadMs: number): Promise<void>
  /** Does nothing when the process has ended. */
  signal(signal: NodeJS.Signals): void
  /** Resolves when the process has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Resolves when both serve. `databaseUrl` may point to a proxy in front of PostgreSQL. */
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
      assert(!child || !isAlive(child), 'a running server cannot be started')
      const log = openSync(join(directory, 'loyapro.log'), 'a')
      const flags = aheadMs === undefined ? [] : ['--import', CLOCK]
      const env = {
        ...process.env,
        ...settings,
        PORT: String(port),
        HOST: '127.0.0.1',
        ...(aheadMs !== undefined && { FAULT_CLOCK_MS: String(aheadMs) }),
      }
      child = spawn(process.execPath, [...flags, LAUNCHER, 'start', '--no-demo'], {
        env,
        stdio: [aheadMs === undefined ? 'ignore' : 'pipe', 'pipe', log],
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
      const moved = once(must(running.stdout, 'its output'), 'data', { signal: AbortSignal.timeout(10_000) })
      must(running.stdin, 'its input').write(`${aheadMs}\n`)
      await moved
    },
    signal,
    async end(name) {
      if (!child || !isAlive(child)) return
      const exited = once(child, 'exit')
      signal(name)
      const late = setTimeout(() => signal('SIGKILL'), 30_000)
      await exited
      clearTimeout(late)
    },
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}
