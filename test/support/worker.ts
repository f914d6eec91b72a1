// What the tests of jobs share: the dependencies of a job in a shop, the passing of time, and one
// look at an account.
import pino from 'pino'
import type { Database } from '../../src/db/database.ts'
import { shippedIntegrations as integrations } from '../../src/integrations/registry.ts'
import { createProgramCache } from '../../src/programs/store.ts'
import type { JobDeps } from '../../src/worker/deps.ts'
import { beginPeriods } from '../../src/worker/periods.ts'
import { releaseAndExpireAll } from '../../src/worker/release-and-expire.ts'
import type { Shop } from './shop.ts'

/** A process of its own, as it were: what it remembers of programs it shares with nobody. */
export function jobDeps(db: Database, shop: Shop): JobDeps {
  return { ...shop, db, integrations, programs: createProgramCache(), log: pino({ level: 'silent' }) }
}

/** Moves the shop's clock, and lets the jobs of time run, both at once, as they do. */
export async function runJobsAt(db: Database, shop: Shop, instant: string): Promise<void> {
  shop.clock.set(instant)
  const deps = jobDeps(db, shop)
  await Promise.all([releaseAndExpireAll(deps), beginPeriods(deps)])
}

/**
 * Available, pending and expired units of the shop, whose stories here are of one customer and one
 * program.
 */
export async function unitsOf(db: Database, { businessId }: Shop): Promise<number[]> {
  const [row] = await db.query<{ available: number; pending: number; expired: number }>(
    'select available, pending, expired from accounts where business_id = $1',
    [businessId],
  )
  return row ? [row.available, row.pending, row.expired] : []
}
