// The time zone and the end of the day of one branch.
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Fields that are null were never stated by an order. */
export interface BranchClock {
  timezone: string | null
  dayEndsAt: string | null
}

/** Null if the branch is unknown. No query without an id. */
export async function branchClock(q: Queryable, businessId: Uuid, id: Uuid | null): Promise<BranchClock | null> {
  const [branch] = id === null ? [] : await q.query<BranchClock>(BRANCH_CLOCK, [businessId, id])
  return branch ?? null
}

const BRANCH_CLOCK: Statement = {
  name: 'branch_clock',
  text: 'select timezone, day_ends_at as "dayEndsAt" from branches where business_id = $1 and id = $2',
}
