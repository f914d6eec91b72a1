// Two LoyaPros as they are started in earnest, on one PostgreSQL, each ended and started again as a fault wants it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchWorld } from '../../bench/world.ts'
import { assert } from '../../src/kernel/assert.ts'

export interface Server {
  /** Where it is after every start. */
  readonly port: number
  /** Resolves when it serves. */
  start(): Promise<void>
  /** Does nothing to a process that is gone. */
  signal(signal: NodeJS.Signals): void
  /** Resolves when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Both run. `databaseUrl` may lead through something that stands between them and PostgreSQL. */
export async function startPair(world: BenchWorld, databaseUrl: string): Promise<[Server, Server]> {
  const pair: [Server, Server] = [serverOf(world, databaseUrl), serverOf(world, databaseUrl)]
  for (const server of pair) await server.start()
  return pair
}

function serverOf({ directory, secretKey }: BenchWorld, databaseUrl: string): Server {
  const entry = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
  const settings = { DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: directory, LOYAPRO_SECRET_KEY: secretKey }
  let child: ChildProcess | undefined
  let port = 0
  const signal = (name: NodeJS.Signals) => {
    if (child && isAlive(child)) child.kill(name)
  }
  return {
    get port() {
      return port
    },
    async start() {
      assert(!child || !isAlive(child), 'the server is ended before it is started again')
      const log = openSync(join(directory, 'loyapro.log'), 'a')
      const env = { ...process.env, ...settings, PORT: String(port), HOST: '127.0.0.1' }
      child = spawn(process.execPath, [entry, 'start', '--no-demo'], { env, stdio: ['ignore', 'pipe', log] })
      closeSync(log)
      port = await portOf(child)
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

/** From the welcome that every start prints. */
async function portOf(child: ChildProcess): Promise<number> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += chunk
    const found = /running at http:\/\/[^:]+:(\d+)/.exec(text)
    if (found) {
      // Read on, or the pipe would fill.
      child.stdout?.resume()
      return Number(found[1])
    }
  }
  throw new Error(`a LoyaPro did not start: ${text}`)
}
