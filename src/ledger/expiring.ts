// Units that expire soon, for the work list.
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface Expiring {
  programId: Uuid
  customers: number
  units: number
  /** When the first of these units expire. */
  at: EpochMs
}

/** Sums the first 5,000 lots that expire between now and `until`, by program. */
export function expiringUnits(q: Queryable, businessId: Uuid, now: EpochMs, until: EpochMs): Promise<Expiring[]> {
  return q.query(EXPIRING, [businessId, instant(now), instant(until)])
}

const EXPIRING: Statement = {
  name: 'expiring_units',
  text: `
select program_id as "programId", count(distinct customer_id) as customers, sum(remaining)::bigint as units, min(expires_at) as at
from (select program_id, customer_id, remaining, expires_at from lots
  where business_id = $1 and remaining > 0 and expires_at is not null and expires_at > $2::timestamptz and expires_at <= $3::timestamptz
  order by expires_at limit 5000) l
group by program_id order by at`,
}
