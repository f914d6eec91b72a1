// Keeps the sums of the reports: builds missing ones, and counts what has happened since.

import type { Uuid } from '../kernel/ids.ts'
import { buildReports } from '../reports/build.ts'
import { countEvents } from '../reports/count.ts'
import { eachBusiness } from './businesses.ts'
import { type JobDeps, NOTHING, type Tally } from './deps.ts'

/** Events counted in one transaction. */
const BATCH = 1_000

/** Counts events, and builds. */
export function countReports(deps: JobDeps): Promise<Tally> {
  const hasSums = 'exists (select from report_states s where s.business_id = b.id)'
  return eachBusiness(deps, hasSums, [], (businessId) => countBusiness(deps, businessId))
}

async function countBusiness({ db, clock, signal }: JobDeps, businessId: Uuid): Promise<Tally> {
  let done = 0
  for (;;) {
    const outcome = await countEvents(db, businessId, { clock, limit: BATCH })
    if (outcome.kind === 'busy') return { done, failed: 0 }
    if (outcome.kind === 'unbuilt') {
      const isBuilt = await buildReports(db, businessId, { clock })
      return isBuilt ? { done: 1, failed: 0 } : NOTHING
    }
    done += outcome.events
    if (outcome.isComplete || signal?.aborted) return { done, failed: 0 }
  }
}
