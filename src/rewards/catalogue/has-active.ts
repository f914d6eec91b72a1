// Whether a business has a reward that can be claimed.
import type { Queryable } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'

export async function hasActiveReward(q: Queryable, businessId: Uuid): Promise<boolean> {
  const rows = await q.query("select id from rewards where business_id = $1 and status = 'active' limit 1", [
    businessId,
  ])
  return rows.length > 0
}
