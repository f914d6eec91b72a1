// Loads what decides whether a code can be redeemed: the time of the use, earlier uses, the stamp
// card, and the order.
import type { BusinessLock, RequestedLock } from '../../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../../db/database.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { businessDateOf } from '../../kernel/local-date.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { loadFamilies, type OrderRow } from '../../orders/store.ts'
import type { Moment } from '../../programs/conditions/calendar.ts'
import type { Claim } from '../claims/claim.ts'
import { redeemedFor } from '../claims/claim-store.ts'
import { loadPlanUses, type PlanUses } from '../claims/count-claims.ts'
import { type Holder, holderOf, type JoinGraph } from '../joins/join-graph.ts'
import { addLinks, findLinksByCode, loadJoinGraph } from '../joins/join-store.ts'
import { hasUsageLimits } from '../terms/usage-limit.ts'
import { isPossibleUse, momentAt } from '../terms/use-time.ts'
import type { FoundCode, TillBranch } from './find-code.ts'

/** A claim with what decides whether it can be used at this time and place. */
export interface UseFacts {
  claim: Claim
  /** When the use counts, and for which day. */
  usedAt: EpochMs
  businessDate: IsoDate
  moment: Moment
  /** Null if neither the till nor the order names a branch. */
  branchId: Uuid | null
  /** Earlier uses of the plan; null if it has no usage limits. */
  planUses: PlanUses | null
  /** Null if the claim is of no stamp card. */
  card: CardFacts | null
}

interface CardFacts {
  /** Whether the card is still complete and unused. */
  isWon: boolean
  /** When its reward expires; null if it does not. */
  expiresAt: EpochMs | null
}

/** What is known of the time of a use besides the clock of this server. */
export interface StatedTime {
  /** The order, if it has arrived. */
  context: RedemptionContext | null
  /** The time that the till sent. */
  date: EpochMs | null
}

/**
 * A use counts at the time of its order if that is paid; before, at the time that the till sent;
 * else now. One round trip, and none for a claim without usage limits and card.
 */
export async function loadUseFacts(
  q: Queryable,
  { claim, branch }: Extract<FoundCode, { kind: 'found' }>,
  now: EpochMs,
  stated: StatedTime = { context: null, date: null },
): Promise<UseFacts> {
  const time = timeOfUse(claim, branch, now, stated)
  const [planUses, card] = await Promise.all([
    hasUsageLimits(claim) ? loadPlanUses(q, claim, { day: time.businessDate, at: time.usedAt }) : null,
    claim.cardId === null ? null : loadCard(q, claim.businessId, claim.cardId),
  ])
  return { claim, ...time, branchId: branch.id ?? stated.context?.branchId ?? null, planUses, card }
}

function timeOfUse(
  claim: Claim,
  { timezone, dayEndsAt }: TillBranch,
  now: EpochMs,
  { context, date }: StatedTime,
): Pick<UseFacts, 'usedAt' | 'businessDate' | 'moment'> {
  if (context && context.state !== 'open' && isPossibleUse(claim, context.occurredAt, now)) {
    const { occurredAt: usedAt, businessDate } = context
    return { usedAt, businessDate, moment: momentAt(usedAt, context.timezone, businessDate) }
  }
  const usedAt = date !== null && isPossibleUse(claim, date, now) ? date : now
  const businessDate = businessDateOf(usedAt, timezone, dayEndsAt)
  return { usedAt, businessDate, moment: momentAt(usedAt, timezone, businessDate) }
}

async function loadCard(q: Queryable, businessId: Uuid, cardId: Uuid): Promise<CardFacts> {
  const [card] = await q.query<{ status: string; expiresAt: EpochMs | null }>(CARD_STATE, [businessId, cardId])
  return { isWon: card?.status === 'won', expiresAt: card?.expiresAt ?? null }
}

const CARD_STATE: Statement = {
  name: 'card_state',
  text: 'select status, expires_at as "expiresAt" from awards where business_id = $1 and id = $2',
}

/** An order as it is stored: its family, the claims redeemed for it, and its joins. */
export interface StoredOrder {
  id: Uuid
  rows: OrderRow[]
  redeemed: Claim[]
  joins: JoinGraph
}

/** One round trip. */
export async function loadOrder(
  tx: Transaction,
  _lock: RequestedLock,
  businessId: Uuid,
  id: Uuid,
): Promise<StoredOrder> {
  const key = { businessId, id }
  const [rows, redeemed, joins] = await Promise.all([
    loadFamilies(tx, [key]),
    redeemedFor(tx, [key]),
    loadJoinGraph(tx, businessId, [id]),
  ])
  return { id, rows, redeemed, joins }
}

export interface HolderFacts {
  holder: Holder
  joins: JoinGraph
  rows: OrderRow[]
  redeemed: Claim[]
}

/**
 * The order that holds a redemption made for `named`: the order itself, or the one that took its
 * goods. No further query for an order that was not joined.
 */
export async function loadHolder(
  tx: Transaction,
  lock: BusinessLock,
  claim: Claim,
  named: StoredOrder,
): Promise<HolderFacts> {
  const { businessId } = claim
  const joins = await withLinksByCode(tx, lock, claim, named)
  const holder = holderOf(named.id, joins)
  if (holder.orderId === named.id) return { holder, joins, rows: named.rows, redeemed: named.redeemed }
  const key = { businessId, id: holder.orderId }
  const [rows, redeemed] = await Promise.all([loadFamilies(tx, [key]), redeemedFor(tx, [key])])
  return { holder, joins, rows, redeemed }
}

/**
 * If the redemption would wait: the joins with the links that only the code shows, which are
 * stored.
 */
async function withLinksByCode(
  tx: Transaction,
  lock: BusinessLock,
  claim: Claim,
  { id, joins }: StoredOrder,
): Promise<JoinGraph> {
  if (!holderOf(id, joins).isWaiting) return joins
  const found = await findLinksByCode(tx, claim.businessId, [{ claim, first: id }])
  if (found.length === 0) return joins
  await addLinks(tx, lock, claim.businessId, found)
  return loadJoinGraph(tx, claim.businessId, [id])
}
