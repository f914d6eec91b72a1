// Opens what LoyaPro stands on, the database above all, and closes it in the right order: for the server and for commands.
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { type AppContext, createContext } from './context.ts'
import { createDatabase } from './db/database.ts'
import { startEmbedded } from './db/embedded.ts'
import { must } from './kernel/assert.ts'

export interface Runtime {
  ctx: AppContext
  /** Of the database that is used, embedded or not. */
  databaseUrl: string
  /** Answers what ingest has accepted, then lets go of the database. */
  close(): Promise<void>
}

/** The database of `config.databaseUrl`, else the embedded one, which several processes share. */
export async function openRuntime(config: Config, log: Logger): Promise<Runtime> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(embeddedOptions(config, log)) : null
  const databaseUrl = config.databaseUrl ?? must(embedded, 'the embedded database').url
  const db = createDatabase({
    url: databaseUrl,
    // Every lane may have a batch in flight, and the APIs need some beside them.
    max: config.lanes + 8,
    onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
  })
  const ctx = createContext({ config, db, log })
  return {
    ctx,
    databaseUrl,
    async close() {
      await ctx.ingest.close()
      await db.close()
      await embedded?.stop()
    },
  }
}

function embeddedOptions({ dataDir }: Config, log: Logger) {
  return { dataDir, onError: (error: unknown) => log.error({ err: error }, 'embedded database') }
}
