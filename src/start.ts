// Starts a LoyaPro that serves: schema, partitions, demo, jobs, doors; and stops it so that nothing accepted is lost.
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { ensurePartitions } from './db/partitions.ts'
import { type Demo, prepareDemo } from './demo/demo.ts'
import type { ApiServer } from './http/server.ts'
import { observeProcess } from './metrics.ts'
import { openRuntime, type Runtime } from './runtime.ts'

export interface Running {
  /** Where it can be reached from this machine, e.g. `http://127.0.0.1:3000`. */
  url: string
  /** Null when this database has no demo. */
  demo: Demo | null
  /** Takes nothing more, answers what was accepted, lets go of everything. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Whether an empty database gets the sample business. */
  demo: boolean
}

/** The port belongs to somebody else. The message names the remedy. */
export class PortTaken extends Error {
  override name = 'PortTaken'
}

/** Throws ConfigError, EmbeddedFailure, MigrationError or PortTaken, whose messages are for whoever starts it. */
export async function start(config: Config, log: Logger, options: StartOptions): Promise<Running> {
  const runtime = await openRuntime(config, log)
  try {
    return await serve(runtime, options)
  } catch (error) {
    await runtime.close()
    throw error
  }
}

async function serve({ ctx, close }: Runtime, { demo }: StartOptions): Promise<Running> {
  const { config, db, log, clock } = ctx
  const applied = await migrate(db)
  if (applied.length > 0) log.info({ applied }, 'the database was brought up to date')
  await ensurePartitions(db, clock.now())
  observeProcess(ctx.metrics)
  const app = await buildApp(ctx)
  const url = await listen(app, config)
  const stop = async () => {
    // The server closes first: it waits for the answers of what it has accepted, which ingest is still giving.
    await app.close()
    await close()
  }
  try {
    return {
      url,
      demo: demo ? await prepareDemo({ ...ctx, dataDir: config.dataDir }, config.publicUrl ?? url) : null,
      stop,
    }
  } catch (error) {
    await app.close()
    throw error
  }
}

async function listen(app: ApiServer, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw codeOf(error) === 'EADDRINUSE' ? new PortTaken(portTaken(host, port)) : error
  }
  const { address, family, port: actual } = app.server.address() as AddressInfo
  // A server that listens everywhere is reached from here by the loopback address.
  const name = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address
  return `http://${name}:${actual}`
}

function portTaken(host: string, port: number): string {
  return `port ${port} of ${host} is in use: stop the program that has it, or choose another port, e.g. PORT=${port + 1} npm start`
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
