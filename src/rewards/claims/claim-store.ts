// Finds claims in the database: by code, by order and by customer.
import type { Actor } from '../../../contract/actor.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { Queryable, Statement } from '../../db/database.ts'
import { instant, plainArray } from '../../db/values.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Claim, ClaimStatus, RedeemedProduct } from './claim.ts'

export const CLAIM_COLUMNS = `
  c.business_id as "businessId", c.id, c.customer_id as "customerId", c.program_id as "programId", c.kind,
  c.reward_id as "rewardId", c.reward_version as "rewardVersion", c.card_id as "cardId", c.name, c.name_ar as "nameAr", c.terms,
  c.units, c.lots, c.lot_units as "lotUnits", c.code, c.status, c.created_at as "createdAt", c.expires_at as "expiresAt",
  c.ended_at as "endedAt", c.redeemed_at as "redeemedAt", c.redeemed_units as "redeemedUnits",
  c.restored_units as "restoredUnits", c.redeemed_by as "redeemedBy", c.order_id as "orderId", c.pos_name as "posName",
  c.pos_order_id as "posOrderId", c.pos_branch_id as "posBranchId", c.pos_user_id as "posUserId", c.discount, c.products,
  c.business_date as "businessDate", c.used_at as "usedAt", c.outside_terms as "outsideTerms", c.subscription_id as "subscriptionId",
  c.returned_at as "returnedAt", c.returned_by as "returnedBy", c.return_reason as "returnReason",
  c.first_order_id as "firstOrderId", c.first_pos_order_id as "firstPosOrderId", c.waits_since as "waitsSince",
  c.created_by as "createdBy", c.ended_by as "endedBy"`

export interface ClaimRow extends Omit<Claim, 'lots' | 'redemption'> {
  terms: ClaimTerms
  lots: Uuid[]
  lotUnits: number[]
  redeemedAt: EpochMs | null
  redeemedUnits: number | null
  restoredUnits: number
  redeemedBy: 'till' | 'order' | null
  orderId: Uuid | null
  posName: string | null
  posOrderId: string | null
  posBranchId: string | null
  posUserId: string | null
  discount: number | null
  products: RedeemedProduct[] | null
  businessDate: IsoDate | null
  usedAt: EpochMs | null
  outsideTerms: boolean
  returnedAt: EpochMs | null
  returnedBy: Actor | null
  returnReason: string | null
  firstOrderId: Uuid | null
  firstPosOrderId: string | null
  waitsSince: EpochMs | null
}

export function toClaim(row: ClaimRow): Claim {
  const { businessId, id, customerId, programId, kind, rewardId, rewardVersion, cardId, name, nameAr, terms } = row
  const { units, code, status, createdAt, createdBy, expiresAt, endedAt, endedBy, subscriptionId } = row
  return {
    businessId,
    id,
    customerId,
    programId,
    kind,
    rewardId,
    rewardVersion,
    cardId,
    name,
    nameAr,
    terms,
    units,
    code,
    status,
    createdAt,
    createdBy,
    expiresAt,
    endedAt,
    endedBy,
    subscriptionId,
    lots: row.lots.map((lotId, index) => ({ lotId, units: row.lotUnits[index] ?? 0 })),
    redemption: row.redeemedAt === null ? null : toRedemption(row, row.redeemedAt),
  }
}

function toRedemption(row: ClaimRow, at: EpochMs): NonNullable<Claim['redemption']> {
  return {
    at,
    units: must(row.redeemedUnits, 'the units of a redemption'),
    restored: row.restoredUnits,
    by: must(row.redeemedBy, 'who redeemed'),
    orderId: must(row.orderId, 'the order of a redemption'),
    posName: must(row.posName, 'the POS of a redemption'),
    posOrderId: must(row.posOrderId, 'the order of a redemption'),
    posBranchId: row.posBranchId,
    posUserId: row.posUserId,
    discount: must(row.discount, 'the discount of a redemption'),
    products: row.products,
    usedAt: must(row.usedAt, 'the time of a use'),
    businessDate: must(row.businessDate, 'the day of a redemption'),
    outsideTerms: row.outsideTerms,
    returned:
      row.returnedAt === null
        ? null
        : { at: row.returnedAt, by: must(row.returnedBy, 'who returned it'), reason: row.returnReason ?? '' },
    ...(row.firstOrderId !== null && {
      firstOrder: { id: row.firstOrderId, posOrderId: must(row.firstPosOrderId, 'the first order') },
    }),
    ...(row.waitsSince !== null && { waitsSince: row.waitsSince }),
  }
}

/**
 * The newest claim of a customer with this code: a code can be assigned again once it has ended.
 */
export async function findClaimByCode(
  q: Queryable,
  key: { businessId: Uuid; code: string; phone: string },
): Promise<Claim | null> {
  const [row] = await q.query<ClaimRow>(BY_CODE, [key.businessId, key.code, key.phone])
  return row ? toClaim(row) : null
}

const BY_CODE: Statement = {
  name: 'claim_by_code',
  text: `
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and c.code = $2
  and c.customer_id = (
    select id from customers where business_id = $1 and phone = $3
    union all
    select customer_id from former_phones where business_id = $1 and phone = $3 and released_at is null
    limit 1)
order by c.id desc
limit 1`,
}

/** The claims that were redeemed for these orders, oldest first; none of erased customers. */
export async function redeemedFor(q: Queryable, orders: readonly { businessId: Uuid; id: Uuid }[]): Promise<Claim[]> {
  if (orders.length === 0) return []
  const rows = await q.query<ClaimRow>(OF_ORDERS, [
    plainArray(orders.map((one) => one.businessId)),
    plainArray(orders.map((one) => one.id)),
  ])
  return rows.map(toClaim)
}

const OF_ORDERS: Statement = {
  name: 'claims_of_orders',
  text: `
select ${CLAIM_COLUMNS}
from unnest($1::uuid[], $2::uuid[]) as k (business_id, order_id)
-- One index lookup an order, however few claims there were when the statement was planned.
cross join lateral (
  select * from claims where business_id = k.business_id and order_id = k.order_id and closed_at is null offset 0
) as c
order by c.id`,
}

/**
 * The claims of these customers whose codes their orders name. No query if no order names a code.
 */
export async function claimsByCode(
  tx: Queryable,
  orders: readonly { businessId: Uuid; customerId: Uuid | null; codes: readonly string[] }[],
): Promise<Claim[]> {
  const codes = orders.flatMap(({ businessId, customerId, codes: inOrder }) =>
    customerId === null ? [] : inOrder.map((code) => ({ businessId, customerId, code })),
  )
  if (codes.length === 0) return []
  const rows = await tx.query<ClaimRow>(OF_CODES, [
    codes.map((one) => one.businessId),
    codes.map((one) => one.customerId),
    codes.map((one) => one.code),
  ])
  return rows.map(toClaim)
}

const OF_CODES: Statement = {
  name: 'claims_of_codes',
  text: `
select ${CLAIM_COLUMNS}
from unnest($1::uuid[], $2::uuid[], $3::text[]) as k (business_id, customer_id, code)
cross join lateral (
  select * from claims c
  where c.business_id = k.business_id and c.code = k.code and c.customer_id = k.customer_id
  order by c.id desc limit 1
) as c`,
}

export async function findClaim(q: Queryable, businessId: Uuid, id: Uuid): Promise<Claim | null> {
  const [row] = await q.query<ClaimRow>(
    `select ${CLAIM_COLUMNS} from claims c where c.business_id = $1 and c.id = $2`,
    [businessId, id],
  )
  return row ? toClaim(row) : null
}

/** The claims of a customer, newest first, older than `before`. */
export async function listClaims(
  q: Queryable,
  key: { businessId: Uuid; customerId: Uuid },
  { status = null, before, limit }: { status?: ClaimStatus | null; before: Uuid | null; limit: number },
): Promise<Claim[]> {
  const rows = await q.query<ClaimRow>(LIST, [key.businessId, key.customerId, status, before, limit])
  return rows.map(toClaim)
}

const LIST: Statement = {
  name: 'claims_of_customer',
  text: `
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and c.customer_id = $2 and ($3::text is null or c.status = $3) and ($4::uuid is null or c.id < $4)
order by c.id desc
limit $5`,
}

/** Held claims whose code has expired: of a customer, or with these ids. At most a thousand. */
export async function findExpiredClaims(
  tx: Queryable,
  { businessId, customerId = null, ids = null }: { businessId: Uuid; customerId?: Uuid | null; ids?: Uuid[] | null },
  now: EpochMs,
): Promise<Claim[]> {
  return (await tx.query<ClaimRow>(EXPIRED, [businessId, customerId, ids, instant(now)])).map(toClaim)
}

const EXPIRED: Statement = {
  name: 'claims_expired',
  text: `
select ${CLAIM_COLUMNS}
from claims c
where c.business_id = $1 and ($2::uuid is null or c.customer_id = $2) and ($3::uuid[] is null or c.id = any ($3))
  and c.status = 'held' and c.expires_at <= $4::timestamptz
order by c.expires_at
limit 1000`,
}
