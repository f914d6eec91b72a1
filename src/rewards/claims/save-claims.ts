// Saves claims (table `claims`) and how often their rewards are taken.
import { bulk, jsonColumn, list, plain, text, timestamp } from '../../db/bulk.ts'
import { assertLocked, type BusinessLock } from '../../db/business-lock.ts'
import type { Statement, Transaction } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type Claim, isTaken } from './claim.ts'
import { recordClaimEvents } from './claim-events.ts'

/**
 * Saves claims, each at most once, and updates the count of their rewards. `before` is null for a
 * new claim.
 */
export async function saveClaims(
  tx: Transaction,
  lock: BusinessLock,
  changes: readonly { before: Claim | null; after: Claim }[],
): Promise<void> {
  const taken = new Map<string, { businessId: Uuid; rewardId: Uuid; change: number }>()
  for (const { before, after } of changes) {
    const change = Number(isTaken(after)) - Number(before !== null && isTaken(before))
    const { businessId, rewardId } = after
    assertLocked(lock, businessId)
    if (rewardId !== null && change !== 0) {
      const key = `${businessId} ${rewardId}`
      taken.set(key, { businessId, rewardId, change: (taken.get(key)?.change ?? 0) + change })
    }
  }
  recordClaimEvents(tx, lock, changes)
  const claims = changes.map(({ after }) => after)
  await Promise.all([
    claims.length > 0 && tx.query(SAVE, CLAIMS.parameters(claims)),
    ...[...taken.values()].map(({ businessId, rewardId, change }) =>
      tx.query(COUNT_TAKEN, [businessId, rewardId, change]),
    ),
  ])
}

const CLAIMS = bulk<Claim>('claims', {
  business_id: plain('uuid', (claim) => claim.businessId),
  id: plain('uuid', (claim) => claim.id),
  customer_id: plain('uuid', (claim) => claim.customerId),
  program_id: plain('uuid', (claim) => claim.programId),
  kind: plain('text', (claim) => claim.kind),
  reward_id: plain('uuid', (claim) => claim.rewardId),
  reward_version: plain('integer', (claim) => claim.rewardVersion),
  card_id: plain('uuid', (claim) => claim.cardId),
  name: text((claim) => claim.name),
  name_ar: text((claim) => claim.nameAr),
  terms: jsonColumn('jsonb', (claim) => claim.terms),
  units: plain('bigint', (claim) => claim.units),
  lots: list('uuid', (claim) => claim.lots.map((lot) => lot.lotId)),
  lot_units: list('bigint', (claim) => claim.lots.map((lot) => lot.units)),
  code: plain('text', (claim) => claim.code),
  status: plain('text', (claim) => claim.status),
  created_at: timestamp((claim) => claim.createdAt),
  expires_at: timestamp((claim) => claim.expiresAt),
  ended_at: timestamp((claim) => claim.endedAt),
  redeemed_at: timestamp(({ redemption }) => redemption?.at ?? null),
  redeemed_units: plain('bigint', ({ redemption }) => redemption?.units ?? null),
  restored_units: plain('bigint', ({ redemption }) => redemption?.restored ?? 0),
  redeemed_by: plain('text', ({ redemption }) => redemption?.by ?? null),
  order_id: plain('uuid', ({ redemption }) => redemption?.orderId ?? null),
  pos_name: text(({ redemption }) => redemption?.posName ?? null),
  pos_order_id: text(({ redemption }) => redemption?.posOrderId ?? null),
  pos_branch_id: text(({ redemption }) => redemption?.posBranchId ?? null),
  pos_user_id: text(({ redemption }) => redemption?.posUserId ?? null),
  discount: plain('bigint', ({ redemption }) => redemption?.discount ?? null),
  products: jsonColumn('jsonb', ({ redemption }) => redemption?.products ?? null),
  business_date: plain('date', ({ redemption }) => redemption?.businessDate ?? null),
  used_at: timestamp(({ redemption }) => redemption?.usedAt ?? null),
  outside_terms: plain('boolean', ({ redemption }) => redemption?.outsideTerms ?? false),
  subscription_id: plain('uuid', (claim) => claim.subscriptionId),
  returned_at: timestamp(({ redemption }) => redemption?.returned?.at ?? null),
  returned_by: text(({ redemption }) => redemption?.returned?.by ?? null),
  return_reason: text(({ redemption }) => redemption?.returned?.reason ?? null),
  first_order_id: plain('uuid', ({ redemption }) => redemption?.firstOrder?.id ?? null),
  first_pos_order_id: text(({ redemption }) => redemption?.firstOrder?.posOrderId ?? null),
  waits_since: timestamp(({ redemption }) => redemption?.waitsSince ?? null),
  created_by: text((claim) => claim.createdBy),
  ended_by: text((claim) => claim.endedBy),
})

/** What identifies a claim, its price and its terms never change. */
const SAVE: Statement = {
  name: 'save_claims',
  text: CLAIMS.upsert(
    ['business_id', 'id'],
    [
      'customer_id',
      'program_id',
      'kind',
      'reward_id',
      'reward_version',
      'card_id',
      'name',
      'name_ar',
      'terms',
      'units',
      'code',
      'created_at',
      'created_by',
      'expires_at',
      'subscription_id',
    ],
  ),
}

const COUNT_TAKEN: Statement = {
  name: 'count_taken',
  text: 'update rewards set taken = taken + $3 where business_id = $1 and id = $2',
}
