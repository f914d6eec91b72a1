// A LoyaPro in a process of its own, started as `npm start` starts it, which tools stop and start
// again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert, must } from '../../src/kernel/assert.ts'
import type { AppContext } from '../../src/server/context.ts'

export interface Server {
  /** Stays the same over restarts; 0 before the first start. */
  readonly port: number
  readonly url: string
  /** Of the process that runs, or ran last. */
  readonly pid: number
  /** Resolves when the server answers. `aheadMs` starts it with a clock that is ahead. */
  start(aheadMs?: number): Promise<void>
  /** Changes the clock of a process that was started with `aheadMs`. */
  setClock(aheadMs: number): Promise<void>
  /** Has no effect after the process has ended. */
  signal(signal: NodeJS.Signals): void
  /** Resolves when the process has ended; one that ignores the signal for 30 s is killed. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface ServerOptions {
  /** Default: the database of the context. A proxy may stand between. */
  databaseUrl?: string
  /** Further flags of Node. */
  nodeFlags?: readonly string[]
}

const START_MS = 60_000
const STOP_MS = 30_000
/**
 * Replaces its own process by the server, so that the id of the child is that of the server. Node
 * flags before it apply to the server.
 */
const LAUNCHER = fileURLToPath(new URL('../../bin/loyapro.mjs', import.meta.url))
const CLOCK_SHIFT = new URL('./clock-shift.ts', import.meta.url).href
const LOG = 'loyapro.log'

/** A server that is not started yet; its log is a file in the data directory. */
export function createServer({ config }: Pick<AppContext, 'config'>, options: ServerOptions = {}): Server {
  const { databaseUrl = must(config.databaseUrl, 'a database'), nodeFlags = [] } = options
  const settings = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    LOYAPRO_DATA_DIR: config.dataDir,
    LOYAPRO_SECRET_KEY: config.secretKey.toString('hex'),
    HOST: '127.0.0.1',
  }
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
    get url() {
      return `http://127.0.0.1:${port}`
    },
    get pid() {
      return child?.pid ?? 0
    },
    async start(aheadMs) {
      assert(!child || !isAlive(child), 'a server must be stopped before it is started again')
      const clock = aheadMs === undefined ? {} : { FAULT_CLOCK_MS: String(aheadMs) }
      const flags = aheadMs === undefined ? [] : ['--import', CLOCK_SHIFT]
      const log = openSync(join(config.dataDir, LOG), 'a')
      child = spawn(process.execPath, [...nodeFlags, ...flags, LAUNCHER, 'start', '--no-demo'], {
        env: { ...settings, ...clock, PORT: String(port) },
        stdio: [aheadMs === undefined ? 'ignore' : 'pipe', 'pipe', log],
      })
      closeSync(log)
      const late = setTimeout(() => signal('SIGKILL'), START_MS)
      try {
        port = await portOf(child)
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}\n${await endOfLog(config.dataDir)}`)
      } finally {
        clearTimeout(late)
      }
    },
    async setClock(aheadMs) {
      const running = must(child, 'a process')
      const moved = once(must(running.stdout, 'its output'), 'data', { signal: AbortSignal.timeout(10_000) })
      must(running.stdin, 'its input').write(`${aheadMs}\n`)
      await moved
    },
    signal,
    async stop(name = 'SIGTERM') {
      if (!child || !isAlive(child)) return
      const gone = once(child, 'exit')
      signal(name)
      const late = setTimeout(() => signal('SIGKILL'), STOP_MS)
      await gone
      clearTimeout(late)
    },
  }
}

/** Starts servers one after the other; when one fails, all are stopped. */
export async function startAll(servers: readonly Server[]): Promise<void> {
  try {
    for (const server of servers) await server.start()
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop('SIGKILL')))
    throw error
  }
}

/** The port is in the first lines that every start prints. */
async function portOf(child: ChildProcess): Promise<number> {
  let text = ''
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += chunk
    const found = /running at http:\/\/[^:]+:(\d+)/.exec(text)
    if (found) {
      // A pipe without a reader fills up and blocks the server.
      child.stdout?.resume()
      return Number(found[1])
    }
  }
  throw new Error(`LoyaPro did not start: ${text}`)
}

async function endOfLog(directory: string): Promise<string> {
  return (await readFile(join(directory, LOG), 'utf8').catch(() => '')).slice(-2_000)
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}
