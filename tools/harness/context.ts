// LoyaPro's own functions on a migrated scratch database: tools set up their businesses with them,
// beside the server processes that they measure.
import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { createDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { ensurePartitions } from '../../src/orders/partitions.ts'
import { type AppContext, createContext } from '../../src/server/context.ts'
import type { Scratch } from './scratch.ts'

/** Enough for a tool: batches of orders are the servers' work. */
const CONNECTIONS = 4

/** Migrates the database, and closes its connections after `use`. */
export async function withContext<T>(
  { directory, databaseUrl }: Scratch,
  use: (ctx: AppContext) => Promise<T>,
): Promise<T> {
  await using opened = new AsyncDisposableStack()
  const db = createDatabase({ url: databaseUrl, max: CONNECTIONS })
  opened.defer(() => db.close())
  await migrate(db)
  await ensurePartitions(db, Date.now())
  const config: AppContext['config'] = {
    databaseUrl,
    host: '127.0.0.1',
    port: 0,
    dataDir: directory,
    lanes: 1,
    logLevel: 'info',
    secretKey: randomBytes(32),
    retentionMonths: 13,
    maxConnections: 2_000,
  }
  const ctx = createContext({ config, db, log: pino({ level: 'silent' }) })
  opened.defer(() => ctx.ingest.close())
  return await use(ctx)
}
