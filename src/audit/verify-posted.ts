// The units that are posted for a source, which the verification of orders and plans compares.
import type { Queryable, Statement } from '../db/database.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import type { Difference } from '../ledger/verify.ts'

export interface Posted {
  sourceId: Uuid
  customerId: Uuid
  programId: Uuid
  units: number
}

/** Units posted for these sources, to these customers and to those who were merged into them. */
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
select t.source_id as "sourceId", coalesce(m.into_id, t.customer_id) as "customerId", t.program_id as "programId",
  sum(case t.kind when 'reverse' then -t.units else t.units end)::bigint as units
from transfers t left join merged_customers m on m.business_id = t.business_id and m.id = t.customer_id
where t.business_id = $1 and t.customer_id = any (
    $3::uuid[] || array(select id from merged_customers where business_id = $1 and into_id = any ($3::uuid[])))
  and t.source_id = any ($2::uuid[]) and t.kind in ('earn', 'grant', 'reverse')
group by 1, 2, 3`,
}

export function difference(id: Uuid, customerId: Uuid, programId: Uuid, stored: number, derived: number): Difference {
  const what = `units posted for ${formatId('customer', customerId)} in ${formatId('program', programId)}`
  return { what, id, stored, derived }
}
