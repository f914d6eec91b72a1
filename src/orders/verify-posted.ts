// What the proofs of orders and plans compare: the units that are posted for a source.
import type { Queryable, Statement } from '../db/database.ts'
import { showId, type Uuid } from '../kernel/ids.ts'
import type { Difference } from '../ledger/verify.ts'

interface Posted {
  sourceId: Uuid
  customerId: Uuid
  programId: Uuid
  units: number
}

/** What is posted for these sources to these customers. */
export function postedUnits(
  q: Queryable,
  businessId: Uuid,
  ids: readonly Uuid[],
  customerIds: readonly (Uuid | null)[],
): Promise<Posted[]> {
  const customers = [...new Set(customerIds.filter((id) => id !== null))]
  return q.query(POSTED, [businessId, ids, customers])
}

const POSTED: Statement = {
  name: 'verify_posted',
  text: `
select source_id as "sourceId", customer_id as "customerId", program_id as "programId",
  sum(case kind when 'reverse' then -units else units end)::bigint as units
from transfers
where business_id = $1 and customer_id = any ($3::uuid[]) and source_id = any ($2::uuid[]) and kind in ('earn', 'grant', 'reverse')
group by 1, 2, 3`,
}

export function difference(id: Uuid, customerId: Uuid, programId: Uuid, stored: number, derived: number): Difference {
  const what = `units posted for ${showId('customer', customerId)} in ${showId('program', programId)}`
  return { what, id, stored, derived }
}
