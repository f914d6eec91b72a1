// The pools of a serving process: one tenant's requests to the business API take no connection from
// orders, tills or health checks.
import { createDatabase, type Database } from './database.ts'

export interface Pools {
  /** For orders, tills, jobs and everything that is not named below. */
  db: Database
  /** For the business API alone. */
  apiDb: Database
  /** For health checks alone. */
  healthDb: Database
}

/**
 * Connections of each pool, at most. The README gives their sum, with those of ingest and of the
 * job queue.
 */
export const POOL_SIZES = { db: 6, api: 6, health: 1 } as const

/**
 * Milliseconds. An operation of the business API reads a page or writes a few rows: what takes
 * longer is a mistake, and other businesses wait for its connection. A health check is of no use to
 * anybody after two seconds.
 */
const API_LIMITS = { connectMs: 5_000, statementMs: 10_000, lockMs: 5_000 }
const HEALTH_LIMITS = { connectMs: 2_000, statementMs: 2_000, lockMs: 1_000 }

/** `extra`: connections of `db` beyond its usual size, for ingest on the same thread. */
export function openPools(
  url: string,
  { extra = 0, onError }: { extra?: number; onError?: (error: Error) => void } = {},
): Pools & { close(): Promise<void> } {
  const common = { url, ...(onError && { onError }) }
  const db = createDatabase({ ...common, max: POOL_SIZES.db + extra })
  const apiDb = createDatabase({
    ...common,
    max: POOL_SIZES.api,
    applicationName: 'loyapro_api',
    limits: API_LIMITS,
  })
  const healthDb = createDatabase({
    ...common,
    max: POOL_SIZES.health,
    applicationName: 'loyapro_health',
    limits: HEALTH_LIMITS,
  })
  return {
    db,
    apiDb,
    healthDb,
    async close() {
      await Promise.all([db.close(), apiDb.close(), healthDb.close()])
    },
  }
}
