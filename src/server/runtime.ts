// Opens and closes the resources of a process, in order: the database, its pools and the ingest
// thread. The server and every command use it.
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { startEmbedded } from '../db/embedded/embedded.ts'
import { openPools } from '../db/pools.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestThreadSetup } from '../ingest/thread/main.ts'
import { createRemoteIngest } from '../ingest/thread/remote-ingest.ts'
import { must } from '../kernel/assert.ts'
import type { Config } from './config.ts'
import { type AppContext, createContext } from './context.ts'

export interface Runtime {
  ctx: AppContext
  /** URL of the database in use, embedded or not. */
  databaseUrl: string
  /** Completes accepted deliveries, then closes the database. */
  close(): Promise<void>
}

export interface RuntimeOptions {
  /** Run ingest on its own thread, as the server does. */
  ingestThread?: boolean
}

/** Without `config.databaseUrl` it opens the embedded database, which several processes share. */
export async function openRuntime(
  config: Config,
  log: Logger,
  { ingestThread = false }: RuntimeOptions = {},
): Promise<Runtime> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(embeddedOptions(config, log)) : null
  const databaseUrl = config.databaseUrl ?? must(embedded, 'the embedded database').url
  const { close: closePools, ...pools } = openPools(databaseUrl, {
    // Ingest on this thread has up to `lanes` batches in flight.
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

/** An error on the thread is an unhandled `error` event of the worker, which ends the process. */
function startIngestThread(
  { lanes, logLevel }: Config,
  databaseUrl: string,
  onBatch: (batch: { size: number }) => void,
): Ingest {
  const setup: IngestThreadSetup = {
    databaseUrl,
    maxInFlight: lanes,
    logLevel,
    readableLog: process.stderr.isTTY === true,
  }
  const thread = new Worker(new URL('../ingest/thread/main.ts', import.meta.url), { name: 'ingest', workerData: setup })
  return createRemoteIngest(thread, { onBatch })
}

function embeddedOptions({ dataDir }: Config, log: Logger) {
  return { dataDir, onError: (error: unknown) => log.error({ err: error }, 'embedded database') }
}
