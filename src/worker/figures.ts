// Counts the orders of customers whose figures are listed.
import { HAS_OLD_FIGURES, refreshFigures } from '../figures/refresh.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'

/** Counts businesses. Listing customers also updates the figures of the business. */
export function refreshAllFigures(deps: JobDeps): Promise<Tally> {
  const { db, clock, signal } = deps
  return eachBusiness(deps, HAS_OLD_FIGURES, [], async (businessId) => {
    while (!(await refreshFigures(db, businessId, clock.now()))) {
      if (signal?.aborted) break
    }
    return { done: 1, failed: 0 }
  })
}
