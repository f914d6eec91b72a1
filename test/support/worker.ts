// Support for tests of jobs: the dependencies of a job in a shop, running jobs at a time, and the
// units of an account.
import pino from 'pino'
import type { Database } from '../../src/db/database.ts'
import { shippedIntegrations as integrations } from '../../src/integrations/registry.ts'
import { createProgramCache } from '../../src/programs/store.ts'
import type { JobDeps } from '../../src/worker/deps.ts'
import { beginPeriods } from '../../src/worker/periods.ts'
import { releaseAndExpireAll } from '../../src/worker/release-and-expire.ts'
import type { Shop } from './shop.ts'

/** Like another process: its cache of programs is separate. */
export function jobDeps(db: Database, shop: Shop): JobDeps {
  return { ...shop, db, integrations, programs: createProgramCache(), log: pino({ level: 'silent' }) }
}

/** Moves the shop's clock, and runs the scheduled jobs concurrently. */
export async function runJobsAt(db: Database, shop: Shop, instant: string): Promise<void> {
  shop.clock.set(instant)
  const deps = jobDeps(db, shop)
  await Promise.all([releaseAndExpireAll(deps), beginPeriods(deps)])
}

/**
 * Available, pending and expired units of the only customer in the only program.
 */
export async function unitsOf(db: Database, { businessId }: Shop): Promise<number[]> {
  const [row] = await db.query<{ available: number; pending: number; expired: number }>(
    'select available, pending, expired from accounts where business_id = $1',
    [businessId],
  )
  return row ? [row.available, row.pending, row.expired] : []
}
