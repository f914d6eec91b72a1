// Starts the server: migrations, partitions, jobs, HTTP, demo; and stops it without losing accepted
// requests.
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { migrate } from '../db/migrate.ts'
import { type Demo, prepareDemo, readDemoOwner } from '../demo/demo.ts'
import { createSignInUrl } from '../demo/demo-owner.ts'
import type { ApiServer } from '../http/server.ts'
import { ensurePartitions } from '../orders/partitions.ts'
import { startWorker } from '../worker/index.ts'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import type { AppContext } from './context.ts'
import { createDemoHistory, type DemoHistory } from './demo-history.ts'
import { observeProcess } from './metrics.ts'
import { openRuntime } from './runtime.ts'

export interface Running {
  /** Base URL on this machine, e.g. `http://127.0.0.1:3000`. */
  url: string
  /** Null when the database has no demo. */
  demo: Demo | null
  /** Signs the owner of the demo in, once; also after the demo was removed. */
  signInUrl: string | null
  /** Sends the history of the demo; null when there is none, or nothing is left to send. */
  history: DemoHistory | null
  /** Refuses new requests, answers accepted ones, and closes everything. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Create the sample business in an empty database. Ignored with NODE_ENV=production. */
  demo: boolean
}

/** Another program uses the port. The message says what to do. */
export class PortInUse extends Error {
  override name = 'PortInUse'
}

/**
 * Throws ConfigError, EmbeddedFailure, MigrationError or PortInUse, whose messages are for the
 * operator.
 */
export async function start(config: Config, log: Logger, options: StartOptions): Promise<Running> {
  // Closes in reverse order, also when starting fails.
  await using opened = new AsyncDisposableStack()
  const { ctx, databaseUrl, close } = await openRuntime(config, log, { ingestThread: true })
  opened.defer(close)
  await prepareDatabase(ctx)
  observeProcess(ctx.metrics)
  const worker = await startWorker(ctx, databaseUrl)
  opened.defer(() => worker.stop())
  let prepared = false
  const app = await buildApp(ctx, { isPrepared: () => prepared })
  // Waits for the answers of accepted requests, so ingest must still run.
  opened.defer(() => app.close())
  const url = await listen(app, config)
  const hasDemo = options.demo && !config.production
  const demo = hasDemo ? await prepareDemo({ ...ctx, dataDir: config.dataDir }, config.publicUrl ?? url) : null
  const owner = hasDemo ? await readDemoOwner(config.dataDir) : null
  const signInUrl = owner && (await createSignInUrl(ctx.db, owner, config.publicUrl ?? browserUrl(url), ctx.clock))
  prepared = true
  const history = demo ? await createDemoHistory(ctx, databaseUrl, demo) : null
  if (history) opened.defer(() => history.stop())
  const running = opened.move()
  return { url, demo, signInUrl, history, stop: () => running.disposeAsync() }
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
    throw codeOf(error) === 'EADDRINUSE' ? new PortInUse(portInUse(host, port)) : error
  }
  const { address, family, port: actual } = app.server.address() as AddressInfo
  // A server that listens on all addresses is reached on the loopback address.
  const name = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  return `http://${name}:${actual}`
}

/** Browsers keep session cookies and passkeys for localhost, and not for an address. */
function browserUrl(url: string): string {
  return url.replace(/^http:\/\/(127\.0\.0\.1|\[::1\])/, 'http://localhost')
}

function portInUse(host: string, port: number): string {
  return `port ${port} of ${host} is in use: stop the program that uses it, or choose another port, e.g. PORT=${port + 1} npm start`
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
