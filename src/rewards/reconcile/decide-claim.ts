// Decides what an order means for one claim: whether it is redeemed, how many of its units stay
// spent, and how many are restored (pure).
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { type Minor, prorate } from '../../kernel/money.ts'
import type { ContextLine, RedemptionContext } from '../../orders/redemption-view.ts'
import type { ClaimStep } from '../../programs/why.ts'
import { CLOCK_SLACK_MS, type Claim, type Redemption, spentUnits } from '../claims/claim.ts'
import { JOIN_WAIT_MS } from '../joins/join-graph.ts'
import { maximumDiscount } from '../terms/discount-limit.ts'
import { isForGoods } from '../terms/product-limit.ts'
import { isPossibleUse } from '../terms/use-time.ts'

export type ClaimDecision = { kind: 'none' } | ClaimChange

export type ClaimChange =
  /** The order redeems a claim that nobody has redeemed yet. */
  | { kind: 'redeem'; details: RedemptionDetails }
  /** `spent`: the units that stay spent of those redeemed. `details`: as the order states them. */
  | { kind: 'adjust'; spent: number; status: 'redeemed' | 'restored'; step: ClaimStep; details: RedemptionDetails }

/** The fields of a redemption that an order may change. */
export type RedemptionDetails = Pick<Redemption, 'units' | 'discount' | 'usedAt' | 'businessDate' | 'outsideTerms'>

/** What else decides about a claim in an order. */
export interface ClaimContext {
  /** What the order states was taken off for it; null if it does not say. */
  orderDiscount: Minor | null
  /** Whether it was outside the terms of the claim at the time of the order. */
  isOutside: boolean
  now: EpochMs
}

/**
 * The decision, if it changes the claim; null if the order does not concern it or changes nothing.
 */
export function claimChange(claim: Claim, context: RedemptionContext, claimContext: ClaimContext): ClaimChange | null {
  if (!concerns(claim, context)) return null
  const decision = decideClaim(claim, context, claimContext)
  if (decision.kind === 'none') return null
  if (decision.kind === 'redeem') return decision
  const { redemption } = claim
  if (redemption === null) return null
  return movesUnits(decision, claim) || changedDetails(redemption, decision.details) !== null ? decision : null
}

function decideClaim(claim: Claim, context: RedemptionContext, claimContext: ClaimContext): ClaimDecision {
  if (claim.redemption === null) return firstRedemption(claim, context, claimContext)
  if (claim.redemption.orderId !== context.orderId || context.state === 'open') return { kind: 'none' }
  const { redemption: before } = claim
  const isInOrder = context.codes.includes(claim.code) || (claimContext.orderDiscount ?? 0) > 0
  if (context.state === 'joined' && (before.returned === null || isInOrder)) return onJoinedOrder(before, claimContext)
  const restore = (step: ClaimStep, details: RedemptionDetails = before): ClaimDecision => {
    return { kind: 'adjust', spent: 0, status: 'restored', step, details }
  }
  if (context.state === 'void') return restore('void')
  // An order that took the goods of another one need not carry the code that was redeemed there.
  const isMoved = before.firstOrder !== undefined
  if (before.by === 'order' && !isMoved && !isNamedBy(claim, context)) return restore('code_gone')
  if (before.returned && !isInOrder) return restore('by_hand')
  const details =
    before.by === 'order' && !isMoved
      ? detailsInOrder(claim, context, claimContext)
      : { ...before, ...timeOfUse(claim, context, claimContext) }
  const { units } = details
  const policy = claim.terms.on_return ?? 'full_return'
  if (policy !== 'never' && isFullyReturned(claim, context)) return restore('returned', details)
  const spent = policy === 'pro_rata' ? proRataUnits(units, context) : units
  const step = spent < units ? 'returned' : isMoved ? 'joined' : before.returned ? 'after_all' : 'again'
  return { kind: 'adjust', spent, status: 'redeemed', step, details }
}

/** The units stay spent until the order that takes the goods arrives, or the wait is over. */
function onJoinedOrder(redemption: Redemption, { now }: ClaimContext): ClaimDecision {
  const { units, waitsSince } = redemption
  const isMissing = waitsSince !== undefined && now - waitsSince >= JOIN_WAIT_MS
  return isMissing
    ? { kind: 'adjust', spent: 0, status: 'restored', step: 'join_missing', details: redemption }
    : { kind: 'adjust', spent: units, status: 'redeemed', step: 'joined', details: redemption }
}

/** Whether the order states this claim: it is redeemed for it, or its customer's order names it. */
export function concerns(
  { redemption, customerId, code }: Claim,
  { orderId, customerId: buyer, codes }: RedemptionContext,
): boolean {
  return redemption?.orderId === orderId || (customerId === buyer && codes.includes(code))
}

/** Whether units are restored or spent again. */
export function movesUnits({ spent, status }: Extract<ClaimChange, { kind: 'adjust' }>, claim: Claim): boolean {
  return spent !== spentUnits(claim) || (status === 'redeemed') !== (claim.status === 'redeemed')
}

/** The details, if one of them differs from the redemption; else null. */
export function changedDetails(before: Redemption, details: RedemptionDetails): RedemptionDetails | null {
  const { units, discount, usedAt, businessDate, outsideTerms } = details
  const after = { units, discount, usedAt, businessDate, outsideTerms }
  const isChanged = (Object.keys(after) as (keyof RedemptionDetails)[]).some((field) => after[field] !== before[field])
  return isChanged ? after : null
}

/** A use of a plan counts at the time of its order. Other rewards have no limits of time. */
function timeOfUse(
  claim: Claim,
  { occurredAt, businessDate }: RedemptionContext,
  { now }: ClaimContext,
): Partial<RedemptionDetails> {
  return claim.kind === 'use' && isPossibleUse(claim, occurredAt, now) ? { usedAt: occurredAt, businessDate } : {}
}

/** A code is valid only in orders of its customer. */
export function isNamedBy({ code, customerId }: Claim, context: RedemptionContext): boolean {
  return context.customerId === customerId && context.codes.includes(code)
}

/** Whether the order redeems a claim that nobody has redeemed yet, and the code was valid then. */
export function isRedeemedByOrder(claim: Claim, context: RedemptionContext): boolean {
  if (claim.redemption !== null || !isNamedBy(claim, context)) return false
  return (context.state === 'paid' || context.state === 'returned') && wasInForce(claim, context.occurredAt)
}

/**
 * The discount was given, so its units are spent if the code was valid at the time of the order.
 * This also holds for an order that is fully returned: the next decision restores the units, so the
 * result does not depend on which snapshot arrived first.
 */
function firstRedemption(claim: Claim, context: RedemptionContext, claimContext: ClaimContext): ClaimDecision {
  return isRedeemedByOrder(claim, context)
    ? { kind: 'redeem', details: detailsInOrder(claim, context, claimContext) }
    : { kind: 'none' }
}

/** The details of a redemption that only the order states. */
function detailsInOrder(
  claim: Claim,
  { occurredAt, businessDate }: RedemptionContext,
  { orderDiscount, isOutside }: ClaimContext,
): RedemptionDetails {
  const discount = orderDiscount ?? maximumDiscount(claim.terms, null) ?? 0
  const units = claim.kind === 'cashback' ? Math.min(discount, claim.units) : claim.units
  return { units, discount, usedAt: occurredAt, businessDate, outsideTerms: isOutside }
}

function wasInForce({ createdAt, expiresAt, status, endedAt }: Claim, at: EpochMs): boolean {
  if (status === 'cancelled' && endedAt !== null && at > endedAt) return false
  return at >= createdAt - CLOCK_SLACK_MS && at <= expiresAt + CLOCK_SLACK_MS
}

/** The part of the units that stays spent when a part of the goods was returned. */
function proRataUnits(units: number, { lines }: RedemptionContext): number {
  const total = lines.reduce((sum, line) => sum + line.total, 0)
  const remaining = lines.reduce((sum, line) => sum + line.remainingTotal, 0)
  return total > 0 ? prorate(units, Math.max(0, Math.min(remaining, total)), total) : units
}

/**
 * Whether the lines that the reward was used on are returned; the whole order if they are unknown.
 */
function isFullyReturned(claim: Claim, context: RedemptionContext): boolean {
  if (context.state === 'returned') return true
  const lines = rewardedLines(claim, context)
  return lines.length > 0 && lines.every((line) => line.remaining === 0)
}

function rewardedLines(claim: Claim, { lines }: RedemptionContext): readonly ContextLine[] {
  const marked = lines.filter((line) => line.code === claim.code)
  if (marked.length > 0) return marked
  if (!isOfProducts(claim.terms)) return []
  const redeemed = claim.redemption?.products?.map((product) => product.product_id)
  return lines.filter((line) => isForGoods(redeemed ? { products: redeemed } : claim.terms, line))
}
