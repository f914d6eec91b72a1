// The business lock: whoever holds it is the only writer of the orders, claims and balances of a
// business.
import type { Uuid } from '../kernel/ids.ts'
import type { Queryable, Statement } from './database.ts'
import { plainArray } from './values.ts'

/** Locks these businesses in sorted order: whoever holds a lock serves that business alone. */
export async function lockBusinesses(
  tx: Queryable,
  businessIds: readonly Uuid[],
): Promise<{ businessId: Uuid; configVersion: number }[]> {
  return tx.query(LOCK_BUSINESSES, [plainArray(businessIds)])
}

const LOCK_BUSINESSES: Statement = {
  name: 'lock_businesses',
  text: `
select business_id as "businessId", config_version as "configVersion"
from order_books
where business_id = any ($1::uuid[])
order by business_id
for no key update`,
}
