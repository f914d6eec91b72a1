// Starts a LoyaPro that serves: schema, partitions, demo, jobs, doors; and stops it so that nothing
// accepted is lost.
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { migrate } from '../db/migrate.ts'
import { ensurePartitions } from '../db/partitions.ts'
import { type Demo, prepareDemo } from '../demo/demo.ts'
import type { ApiServer } from '../http/server.ts'
import { startWorker } from '../worker/index.ts'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import type { AppContext } from './context.ts'
import { observeProcess } from './metrics.ts'
import { openRuntime } from './runtime.ts'

export interface Running {
  /** Where it can be reached from this machine, e.g. `http://127.0.0.1:3000`. */
  url: string
  /** Null when this database has no demo. */
  demo: Demo | null
  /** Takes nothing more, answers what was accepted, lets go of everything. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Whether an empty database gets the sample business. Never with NODE_ENV=production. */
  demo: boolean
}

/** The port belongs to somebody else. The message names the remedy. */
export class PortTaken extends Error {
  override name = 'PortTaken'
}

/**
 * Throws ConfigError, EmbeddedFailure, MigrationError or PortTaken, whose messages are for whoever
 * starts it.
 */
export async function start(config: Config, log: Logger, options: StartOptions): Promise<Running> {
  // What is opened first is closed last, when starting fails as when all is over.
  await using opened = new AsyncDisposableStack()
  const { ctx, databaseUrl, close } = await openRuntime(config, log, { ingestThread: true })
  opened.defer(close)
  await prepareDatabase(ctx)
  observeProcess(ctx.metrics)
  const worker = await startWorker(ctx, databaseUrl)
  opened.defer(() => worker.stop())
  let prepared = false
  const app = await buildApp(ctx, { isPrepared: () => prepared })
  // It waits for the answers of what the server has accepted, which ingest is still giving.
  opened.defer(() => app.close())
  const url = await listen(app, config)
  const wantsDemo = options.demo && !config.production
  const demo = wantsDemo ? await prepareDemo({ ...ctx, dataDir: config.dataDir }, config.publicUrl ?? url) : null
  prepared = true
  const whole = opened.move()
  return { url, demo, stop: () => whole.disposeAsync() }
}

async function prepareDatabase({ db, log, clock }: AppContext): Promise<void> {
  const applied = await migrate(db)
  if (applied.length > 0) log.info({ applied }, 'database migrations applied')
  await ensurePartitions(db, clock.now())
}

async function listen(app: ApiServer, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw codeOf(error) === 'EADDRINUSE' ? new PortTaken(portTaken(host, port)) : error
  }
  const { address, family, port: actual } = app.server.address() as AddressInfo
  // A server that listens everywhere is reached from here by the loopback address.
  const name = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  return `http://${name}:${actual}`
}

function portTaken(host: string, port: number): string {
  return `port ${port} of ${host} is in use: stop the program that uses it, or choose another port, e.g. PORT=${port + 1} npm start`
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
