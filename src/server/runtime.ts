// Opens what LoyaPro stands on, the database above all, and closes it in the right order: for the
// server and for commands.
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { startEmbedded } from '../db/embedded/embedded.ts'
import { openPools } from '../db/pools.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { createRemoteIngest } from '../ingest/thread/client.ts'
import type { IngestThreadSetup } from '../ingest/thread/main.ts'
import { must } from '../kernel/assert.ts'
import type { Config } from './config.ts'
import { type AppContext, createContext } from './context.ts'

export interface Runtime {
  ctx: AppContext
  /** Of the database that is used, embedded or not. */
  databaseUrl: string
  /** Answers what ingest has accepted, then lets go of the database. */
  close(): Promise<void>
}

export interface RuntimeOptions {
  /** Whether ingest has a thread of its own, as in a process that serves. */
  ingestThread?: boolean
}

/** The database of `config.databaseUrl`, else the embedded one, which several processes share. */
export async function openRuntime(
  config: Config,
  log: Logger,
  { ingestThread = false }: RuntimeOptions = {},
): Promise<Runtime> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(embeddedOptions(config, log)) : null
  const databaseUrl = config.databaseUrl ?? must(embedded, 'the embedded database').url
  const { close: closePools, ...pools } = openPools(databaseUrl, {
    // On this thread every lane may have a batch in flight.
    extra: ingestThread ? 0 : config.lanes,
    onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
  })
  const ctx = createContext({
    config,
    log,
    ...pools,
    ...(ingestThread && { ingest: (onBatch) => startIngestThread(config, databaseUrl, onBatch) }),
  })
  return {
    ctx,
    databaseUrl,
    async close() {
      await ctx.ingest.close()
      await closePools()
      await embedded?.stop()
    },
  }
}

/**
 * What breaks on the thread is heard as an error of the worker that nobody listens to, and ends the
 * process.
 */
function startIngestThread(
  { lanes, logLevel }: Config,
  databaseUrl: string,
  onBatch: (batch: { size: number }) => void,
): Ingest {
  const setup: IngestThreadSetup = { databaseUrl, lanes, logLevel, readableLog: process.stderr.isTTY === true }
  // V8 asks for it when it makes the heap of a thread. More is let go of in a batch than in all the
  // rest: with room for it, little is copied.
  setFlagsFromString('--max-semi-space-size=14')
  const thread = new Worker(new URL('../ingest/thread/main.ts', import.meta.url), { name: 'ingest', workerData: setup })
  return createRemoteIngest(thread, { onBatch })
}

function embeddedOptions({ dataDir }: Config, log: Logger) {
  return { dataDir, onError: (error: unknown) => log.error({ err: error }, 'embedded database') }
}
