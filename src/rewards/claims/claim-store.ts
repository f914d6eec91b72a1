// Claims in the database: found by code, by order and by customer, and saved.
import type { ClaimTerms } from '../../../contract/reward.ts'
import { assertLocked, type BusinessLock } from '../../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../../db/database.ts'
import { instant, json, plainArray } from '../../db/values.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type Claim, type ClaimStatus, isTaken, type RedeemedProduct } from './claim.ts'

export const CLAIM_COLUMNS = `
  c.business_id as "businessId", c.id, c.customer_id as "customerId", c.program_id as "programId", c.kind,
  c.reward_id as "rewardId", c.reward_version as "rewardVersion", c.card_id as "cardId", c.name, c.name_ar as "nameAr", c.terms,
  c.units, c.lots, c.lot_units as "lotUnits", c.code, c.status, c.created_at as "createdAt", c.expires_at as "expiresAt",
  c.ended_at as "endedAt", c.redeemed_at as "redeemedAt", c.redeemed_units as "redeemedUnits",
  c.restored_units as "restoredUnits", c.redeemed_by as "redeemedBy", c.order_id as "orderId", c.pos_name as "posName",
  c.pos_order_id as "posOrderId", c.pos_branch_id as "posBranchId", c.pos_user_id as "posUserId", c.discount, c.products,
  c.business_date as "businessDate", c.used_at as "usedAt", c.outside_terms as "outsideTerms", c.subscription_id as "subscriptionId",
  c.returned_at as "returnedAt", c.returned_by as "returnedBy", c.return_reason as "returnReason",
  c.first_order_id as "firstOrderId", c.first_pos_order_id as "firstPosOrderId", c.waits_since as "waitsSince"`

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
  returnedBy: string | null
  returnReason: string | null
  firstOrderId: Uuid | null
  firstPosOrderId: string | null
  waitsSince: EpochMs | null
}

export function toClaim(row: ClaimRow): Claim {
  const { businessId, id, customerId, programId, kind, rewardId, rewardVersion, cardId, name, nameAr, terms } = row
  const { units, code, status, createdAt, expiresAt, endedAt, subscriptionId } = row
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
    expiresAt,
    endedAt,
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

/** The newest claim of a customer with this code: a code can be assigned again once it has ended. */
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

/** The claims that were redeemed for these orders, oldest first. */
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
  select * from claims where business_id = k.business_id and order_id = k.order_id offset 0
) as c
order by c.id`,
}

/** The claims of these customers whose codes their orders name. No query if no order names a code. */
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

/** Saves claims and updates the count of their rewards. `before` is null for a new claim. */
export async function saveClaims(
  tx: Transaction,
  lock: BusinessLock,
  changes: readonly { before: Claim | null; after: Claim }[],
): Promise<void> {
  const taken = new Map<string, { businessId: Uuid; rewardId: Uuid; change: number }>()
  const writes = changes.map(({ before, after }) => {
    const change = Number(isTaken(after)) - Number(before !== null && isTaken(before))
    const { businessId, rewardId } = after
    assertLocked(lock, businessId)
    if (rewardId !== null && change !== 0) {
      const key = `${businessId} ${rewardId}`
      taken.set(key, { businessId, rewardId, change: (taken.get(key)?.change ?? 0) + change })
    }
    return tx.query(SAVE, columnsOf(after))
  })
  const counts = [...taken.values()].map(({ businessId, rewardId, change }) =>
    tx.query(COUNT_TAKEN, [businessId, rewardId, change]),
  )
  await Promise.all([...writes, ...counts])
}

function columnsOf(claim: Claim): unknown[] {
  const { redemption } = claim
  return [
    ...[claim.businessId, claim.id, claim.customerId, claim.programId, claim.kind, claim.rewardId, claim.rewardVersion],
    ...[claim.cardId, claim.name, claim.nameAr, json(claim.terms), claim.units, claim.lots.map((lot) => lot.lotId)],
    ...[
      claim.lots.map((lot) => lot.units),
      claim.code,
      claim.status,
      instant(claim.createdAt),
      instant(claim.expiresAt),
    ],
    ...[instant(claim.endedAt), instant(redemption?.at ?? null), redemption?.units ?? null, redemption?.restored ?? 0],
    ...[redemption?.by ?? null, redemption?.orderId ?? null, redemption?.posName ?? null],
    ...[redemption?.posOrderId ?? null, redemption?.posBranchId ?? null, redemption?.posUserId ?? null],
    redemption?.discount ?? null,
    redemption?.products ? json(redemption.products) : null,
    redemption?.businessDate ?? null,
    ...[instant(redemption?.usedAt ?? null), redemption?.outsideTerms ?? false, claim.subscriptionId],
    ...[instant(redemption?.returned?.at ?? null), redemption?.returned?.by ?? null],
    redemption?.returned?.reason ?? null,
    ...[redemption?.firstOrder?.id ?? null, redemption?.firstOrder?.posOrderId ?? null],
    instant(redemption?.waitsSince ?? null),
  ]
}

const SAVE: Statement = {
  name: 'save_claim',
  text: `
insert into claims (business_id, id, customer_id, program_id, kind, reward_id, reward_version, card_id, name, name_ar, terms,
  units, lots, lot_units, code, status, created_at, expires_at, ended_at, redeemed_at, redeemed_units, restored_units,
  redeemed_by, order_id, pos_name, pos_order_id, pos_branch_id, pos_user_id, discount, products, business_date,
  used_at, outside_terms, subscription_id, returned_at, returned_by, return_reason, first_order_id, first_pos_order_id, waits_since)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::uuid[], $14::bigint[], $15, $16, $17::timestamptz,
  $18::timestamptz, $19::timestamptz, $20::timestamptz, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31::date,
  $32::timestamptz, $33, $34, $35::timestamptz, $36, $37, $38, $39, $40::timestamptz)
on conflict (business_id, id) do update set lots = excluded.lots, lot_units = excluded.lot_units, status = excluded.status,
  ended_at = excluded.ended_at, redeemed_at = excluded.redeemed_at, redeemed_units = excluded.redeemed_units,
  restored_units = excluded.restored_units, redeemed_by = excluded.redeemed_by, order_id = excluded.order_id,
  pos_name = excluded.pos_name, pos_order_id = excluded.pos_order_id, pos_branch_id = excluded.pos_branch_id,
  pos_user_id = excluded.pos_user_id, discount = excluded.discount, products = excluded.products,
  business_date = excluded.business_date, used_at = excluded.used_at, outside_terms = excluded.outside_terms,
  returned_at = excluded.returned_at, returned_by = excluded.returned_by, return_reason = excluded.return_reason,
  first_order_id = excluded.first_order_id, first_pos_order_id = excluded.first_pos_order_id, waits_since = excluded.waits_since`,
}

const COUNT_TAKEN: Statement = {
  name: 'count_taken',
  text: 'update rewards set taken = taken + $3 where business_id = $1 and id = $2',
}
