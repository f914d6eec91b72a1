// The job erase_customers: searches the archive for erased customers, and vacuums deleted rows.
import { HAS_OPEN_ERASURES } from '../privacy/erasure-store.ts'
import { searchArchive } from '../privacy/search-archive.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'

/** Counts erasures that were completed. */
export async function eraseCustomers(deps: JobDeps): Promise<Tally> {
  const { db, clock, signal, log } = deps
  const tally = await eachBusiness(deps, HAS_OPEN_ERASURES, [], async (businessId) => {
    return { done: await searchArchive({ db, clock, signal }, businessId), failed: 0 }
  })
  if (tally.done === 0) return tally
  // Deleted rows, index entries and planner statistics stay in the files until a vacuum. If this one
  // fails, autovacuum does it later.
  for (const table of IDENTITY_TABLES) {
    await db
      .query(`vacuum (analyze) ${table}`)
      .catch((err: unknown) => log.warn({ err, table }, 'a table was not vacuumed'))
  }
  return tally
}

/** The small tables that name customers. */
const IDENTITY_TABLES = ['customers', 'former_phones', 'merged_customers', 'idempotency_keys', 'erasures']
