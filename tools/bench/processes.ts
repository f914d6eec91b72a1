// The processes of a benchmark beside PostgreSQL: LoyaPro, A, B and the load.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createServer, startAll } from '../harness/server.ts'
import type { World } from '../harness/world.ts'
import type { Drive, DriveResult, LoadSetup } from './load.ts'
import type { PlainSetup } from './plain.ts'

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

/** `signal` aborts a drive, which then rejects. */
export async function startLoad(setup: LoadSetup, signal?: AbortSignal): Promise<Load> {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)))
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('the load process ended early')))
  gone.catch(() => {})
  child.send(setup)
  return {
    async drive(what) {
      signal?.throwIfAborted()
      child.send(what)
      const [result] = await Promise.race([once(child, 'message', { ...(signal && { signal }) }), gone])
      return result as DriveResult
    },
    stop: () => end(child),
  }
}

/** So many LoyaPros on the world's database, each in a process of its own. */
export async function startLoyaPro({ ctx, token }: World, processes = 1): Promise<Target> {
  const nodeFlags = (process.env.LOYAPRO_BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '')
  const servers = Array.from({ length: processes }, () => createServer(ctx, { nodeFlags }))
  await startAll(servers)
  return {
    name: 'loyapro',
    ports: servers.map(({ port }) => port),
    pids: servers.map(({ pid }) => pid),
    path: '/pos/1.0.0/foodics/order',
    token,
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  }
}

export async function startPlain(name: 'a' | 'b', setup: PlainSetup, token: string): Promise<Target> {
  const child = fork(fileURLToPath(new URL('./plain.ts', import.meta.url)))
  child.send(setup)
  const [{ port }] = await once(child, 'message')
  return {
    name,
    ports: [port],
    pids: child.pid === undefined ? [] : [child.pid],
    path: '/order',
    token,
    stop: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
