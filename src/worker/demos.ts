// Erases the remaining data of demo businesses that were removed.
import { instant } from '../db/values.ts'
import { eraseBusiness, LAST_RUN_AFTER_MS } from '../demo/erase.ts'
import { IS_REMOVED_DEMO } from '../demo/state.ts'
import { eachBusiness } from './businesses.ts'
import { type JobDeps, NOTHING, type Tally } from './deps.ts'

/** Counts businesses. */
export function eraseDemos(deps: JobDeps): Promise<Tally> {
  const { db, clock, signal } = deps
  return eachBusiness(deps, IS_REMOVED_DEMO, [instant(clock.now() - LAST_RUN_AFTER_MS)], async (businessId) => {
    const isErased = await eraseBusiness(db, businessId, { last: true, ...(signal && { signal }) })
    return isErased ? { done: 1, failed: 0 } : NOTHING
  })
}
