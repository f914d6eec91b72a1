// Deliveries to a POS that a business registered itself, whose reference is not connected.
import type { Queryable, Statement } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface UnmatchedReference {
  posName: string
  reference: string
  /** At most 1,000. */
  deliveries: number
  firstReceivedAt: EpochMs
  lastReceivedAt: EpochMs
}

/** How long they are stored. */
export const UNMATCHED_KEPT_MS = 30 * 24 * 3_600_000

/**
 * By reference, the latest first, for at most 1,000 deliveries. Only deliveries to a POS of the
 * business: the business of a delivery to a shared POS is unknown.
 */
export function listUnmatched(q: Queryable, businessId: Uuid): Promise<UnmatchedReference[]> {
  return q.query(LIST, [businessId])
}

const LIST: Statement = {
  name: 'unmatched_of_business',
  text: `
select u.pos_name as "posName", min(u.reference) as reference, count(*) as deliveries,
  min(u.received_at) as "firstReceivedAt", max(u.received_at) as "lastReceivedAt"
from pos_systems p
cross join lateral (
  select * from unmatched_deliveries d where d.pos_name = p.name order by d.reference_key desc, d.id desc limit 1000
) u
where p.business_id = $1
group by u.pos_name, u.reference_key
order by max(u.received_at) desc, u.pos_name, min(u.reference)
limit 100`,
}
