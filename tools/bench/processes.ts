// The processes of a benchmark besides PostgreSQL: LoyaPro, the plain servers A and B, and the load.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Drive, DriveResult, LoadSetup } from './load.ts'
import type { PlainSetup } from './plain.ts'
import type { BenchWorld } from './world.ts'

/** A server under load. */
export interface Target {
  name: 'a' | 'b' | 'loyapro'
  ports: number[]
  pids: number[]
  path: string
  token: string
  stop(): Promise<void>
}

export interface Load {
  drive(what: Drive): Promise<DriveResult>
  stop(): Promise<void>
}

/** `signal` aborts the running drive and everything that waits for its result. */
export async function startLoad(setup: LoadSetup, signal?: AbortSignal): Promise<Load> {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)))
  const exited = once(child, 'exit').then(() => Promise.reject(new Error('the load process ended too early')))
  exited.catch(() => {})
  child.send(setup)
  return {
    async drive(what) {
      signal?.throwIfAborted()
      child.send(what)
      const [result] = await Promise.race([once(child, 'message', { ...(signal && { signal }) }), exited])
      return result as DriveResult
    },
    stop: () => end(child),
  }
}

/**
 * Started by its launcher, in the default configuration; its log goes to a file of the scratch
 * folder.
 */
export async function startLoyaPro(world: BenchWorld, processes = 1): Promise<Target> {
  const env = {
    ...process.env,
    DATABASE_URL: world.databaseUrl,
    LOYAPRO_DATA_DIR: world.directory,
    LOYAPRO_SECRET_KEY: world.secretKey,
    PORT: '0',
    HOST: '127.0.0.1',
  }
  const log = openSync(join(world.directory, 'loyapro.log'), 'a')
  const flags = (process.env.LOYAPRO_BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '')
  const children: ChildProcess[] = []
  const ports: number[] = []
  for (let n = 0; n < processes; n++) {
    const args = [...flags, LAUNCHER, 'start', '--no-demo']
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', log] })
    children.push(child)
    ports.push(await portOf(child))
  }
  closeSync(log)
  const stop = async () => {
    await Promise.all(children.map(end))
  }
  return { name: 'loyapro', ports, pids: pidsOf(children), path: '/pos/1.0.0/foodics/order', token: world.token, stop }
}

/**
 * Replaces its own process by the server, whose id is therefore that of the child; Node flags before
 * it go to the server.
 */
export const LAUNCHER = fileURLToPath(new URL('../../bin/loyapro.mjs', import.meta.url))

/** Reads the port from the welcome message that every start prints. */
export async function portOf(child: ChildProcess): Promise<number> {
  let text = ''
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += chunk
    const found = /running at http:\/\/[^:]+:(\d+)/.exec(text)
    if (found) {
      // Keeps reading, so that the pipe does not fill up.
      child.stdout?.resume()
      return Number(found[1])
    }
  }
  throw new Error(`LoyaPro did not start: ${text}`)
}

export async function startPlain(name: 'a' | 'b', setup: PlainSetup, token: string): Promise<Target> {
  const child = fork(fileURLToPath(new URL('./plain.ts', import.meta.url)))
  child.send(setup)
  const [{ port }] = await once(child, 'message')
  return { name, ports: [port], pids: pidsOf([child]), path: '/order', token, stop: () => end(child) }
}

function pidsOf(children: readonly ChildProcess[]): number[] {
  return children.flatMap((child) => (child.pid === undefined ? [] : [child.pid]))
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
