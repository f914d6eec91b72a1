// Claims of joined orders in the database: by the order that they were first redeemed for, and
// those that wait for another one.
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Claim } from '../claims/claim.ts'
import { CLAIM_COLUMNS, type ClaimRow, readClaim } from '../claims/claim-store.ts'

/** Those that were first redeemed for these orders, wherever they are held now, oldest first. */
export async function claimsFirstRedeemedFor(
  q: Queryable,
  businessId: Uuid,
  orderIds: readonly Uuid[],
): Promise<Claim[]> {
  return (await q.query<ClaimRow>(FIRST_REDEEMED, [businessId, orderIds])).map(readClaim)
}

const FIRST_REDEEMED: Statement = {
  name: 'claims_first_redeemed',
  text: `
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and c.first_order_id = any ($2::uuid[])
union all
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and c.order_id = any ($2::uuid[]) and c.first_order_id is null
order by id`,
}

export async function claimsById(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<Claim[]> {
  return (await q.query<ClaimRow>(BY_ID, [businessId, ids])).map(readClaim)
}

const BY_ID: Statement = {
  name: 'claims_by_id',
  text: `select ${CLAIM_COLUMNS} from claims c where c.business_id = $1 and c.id = any ($2::uuid[]) order by c.id`,
}

/**
 * Those that have waited since this instant or longer for the order that takes the goods of theirs.
 * At most `limit`.
 */
export async function claimsWaiting(
  q: Queryable,
  { businessId, ids = null, limit }: { businessId: Uuid; ids?: readonly Uuid[] | null; limit: number },
  since: EpochMs,
): Promise<Claim[]> {
  return (await q.query<ClaimRow>(WAITING, [businessId, instant(since), ids, limit])).map(readClaim)
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
