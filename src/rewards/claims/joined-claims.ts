// Claims of joined orders in the database: by the order that they were first redeemed for, and
// those that wait for the order that takes the goods.
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Claim } from './claim.ts'
import { CLAIM_COLUMNS, type ClaimRow, toClaim } from './claim-store.ts'

/**
 * The claims that were first redeemed for these orders, whichever order holds them now; oldest
 * first.
 */
export async function findClaimsByFirstOrder(
  q: Queryable,
  businessId: Uuid,
  orderIds: readonly Uuid[],
): Promise<Claim[]> {
  return (await q.query<ClaimRow>(BY_FIRST_ORDER, [businessId, orderIds])).map(toClaim)
}

const BY_FIRST_ORDER: Statement = {
  name: 'claims_by_first_order',
  text: `
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and c.first_order_id = any ($2::uuid[]) and c.closed_at is null
union all
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and c.order_id = any ($2::uuid[]) and c.first_order_id is null and c.closed_at is null
order by id`,
}

export async function findClaims(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<Claim[]> {
  return (await q.query<ClaimRow>(BY_ID, [businessId, ids])).map(toClaim)
}

const BY_ID: Statement = {
  name: 'claims_by_id',
  text: `select ${CLAIM_COLUMNS} from claims c where c.business_id = $1 and c.id = any ($2::uuid[]) order by c.id`,
}

/**
 * Redeemed claims that have waited on a joined order since this instant or longer; at most `limit`.
 */
export async function findWaitingClaims(
  q: Queryable,
  { businessId, ids = null, limit }: { businessId: Uuid; ids?: readonly Uuid[] | null; limit: number },
  since: EpochMs,
): Promise<Claim[]> {
  return (await q.query<ClaimRow>(WAITING, [businessId, instant(since), ids, limit])).map(toClaim)
}

const WAITING: Statement = {
  name: 'claims_waiting',
  text: `
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and c.waits_since <= $2::timestamptz and c.status = 'redeemed' and ($3::uuid[] is null or c.id = any ($3))
order by c.waits_since
limit $4`,
}
