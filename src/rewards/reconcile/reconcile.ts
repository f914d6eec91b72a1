// What an order and the rewards redeemed for it say of each other: what stays spent, and what goes
// back (pure).

import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { type Minor, prorate } from '../../kernel/money.ts'
import type { ContextLine, RedemptionContext } from '../../orders/redemption-view.ts'
import type { ClaimStep } from '../../programs/why.ts'
import { CLOCK_SLACK_MS, type Claim, type Redemption } from '../claims/claim.ts'
import { isPossibleUse } from '../claims/use-time.ts'
import { isForGoods } from '../redeem/product-limit.ts'
import { mostOff } from '../redeem/refusal.ts'
import { JOIN_WAIT_MS } from './joined.ts'

/** What a claim should come to. */
export type RedemptionDecision =
  | { kind: 'leave' }
  | { kind: 'redeem'; redemption: Redeemed }
  /** `redemption`: what the order says of it now. */
  | { kind: 'keep'; units: number; stands: boolean; step: ClaimStep; redemption: Redeemed }

export type Redeemed = Pick<Redemption, 'units' | 'discount' | 'usedAt' | 'businessDate' | 'outsideTerms'>

/** What else is known of a claim when an order tells of it. */
export interface ClaimContext {
  /** What the order says was taken off for it; null when it does not say. */
  shown: Minor | null
  /** Whether it was outside the terms of the claim at the order's own time. */
  isOutside: boolean
  now: EpochMs
}

/** What becomes of a claim that the order names, or that was redeemed for it. */
export function decideRedemption(claim: Claim, scene: RedemptionContext, told: ClaimContext): RedemptionDecision {
  if (claim.redemption === null) return firstNews(claim, scene, told)
  if (claim.redemption.orderId !== scene.orderId || scene.state === 'open') return { kind: 'leave' }
  const { redemption: before } = claim
  const isShown = scene.codes.includes(claim.code) || (told.shown ?? 0) > 0
  if (scene.state === 'joined' && (before.returned === null || isShown)) return whileJoined(before, told.now)
  if (scene.state === 'void') return { kind: 'keep', units: 0, stands: false, step: 'void', redemption: before }
  // An order that took the goods of another one need not carry the code that was redeemed there.
  const isMoved = before.firstOrder !== undefined
  if (before.by === 'order' && !isMoved && !isNamedBy(claim, scene)) {
    return { kind: 'keep', units: 0, stands: false, step: 'code_gone', redemption: before }
  }
  if (before.returned && !isShown) {
    return { kind: 'keep', units: 0, stands: false, step: 'by_hand', redemption: before }
  }
  const redemption =
    before.by === 'order' && !isMoved ? redeemedBy(claim, scene, told) : { ...before, ...usedIn(claim, scene, told) }
  const { units } = redemption
  const policy = claim.terms.on_return ?? 'full_return'
  if (policy !== 'never' && isGone(claim, scene)) {
    return { kind: 'keep', units: 0, stands: false, step: 'returned', redemption }
  }
  const kept = policy === 'pro_rata' ? keptPart(units, scene) : units
  const step = kept < units ? 'returned' : isMoved ? 'joined' : before.returned ? 'after_all' : 'again'
  return { kind: 'keep', units: kept, stands: true, step, redemption }
}

/**
 * What was redeemed on a joined order stays spent while an order that takes its goods may still
 * come.
 */
function whileJoined(redemption: Redemption, now: EpochMs): RedemptionDecision {
  const { units, waitsSince } = redemption
  const isMissing = waitsSince !== undefined && now - waitsSince >= JOIN_WAIT_MS
  const step = isMissing ? 'join_missing' : 'joined'
  return { kind: 'keep', units: isMissing ? 0 : units, stands: !isMissing, step, redemption }
}

/**
 * The fields of a redemption that an order may change, where they differ; null when it says nothing
 * new.
 */
export function newsOf(before: Redemption, told: Redeemed): Redeemed | null {
  const { units, discount, usedAt, businessDate, outsideTerms } = told
  const news = { units, discount, usedAt, businessDate, outsideTerms }
  const isNew = (Object.keys(news) as (keyof Redeemed)[]).some((field) => news[field] !== before[field])
  return isNew ? news : null
}

/** A use of a plan counts when its order was; of other rewards nothing is counted by time. */
function usedIn(
  claim: Claim,
  { occurredAt, businessDate }: RedemptionContext,
  { now }: ClaimContext,
): Partial<Redeemed> {
  return claim.kind === 'use' && isPossibleUse(claim, occurredAt, now) ? { usedAt: occurredAt, businessDate } : {}
}

/** A code means something in its customer's orders alone. */
export function isNamedBy({ code, customerId }: Claim, scene: RedemptionContext): boolean {
  return scene.customerId === customerId && scene.codes.includes(code)
}

/**
 * Whether the order tells of a claim that nobody has redeemed yet, and its code was good at the
 * time.
 */
export function isNewsOf(claim: Claim, scene: RedemptionContext): boolean {
  if (claim.redemption !== null || !isNamedBy(claim, scene)) return false
  return (scene.state === 'paid' || scene.state === 'returned') && wasInForce(claim, scene.occurredAt)
}

/**
 * A redemption that only the order tells of: the discount was given, so it is paid for, if the code
 * was good at the time. Also when all of the order is returned by now: what that gives back is told
 * next, whichever news came first.
 */
function firstNews(claim: Claim, scene: RedemptionContext, told: ClaimContext): RedemptionDecision {
  return isNewsOf(claim, scene) ? { kind: 'redeem', redemption: redeemedBy(claim, scene, told) } : { kind: 'leave' }
}

/** What is redeemed when only the order tells of it. */
function redeemedBy(
  claim: Claim,
  { occurredAt, businessDate }: RedemptionContext,
  { shown, isOutside }: ClaimContext,
): Redeemed {
  const discount = shown ?? mostOff(claim.terms, null) ?? 0
  const units = claim.kind === 'cashback' ? Math.min(discount, claim.units) : claim.units
  return { units, discount, usedAt: occurredAt, businessDate, outsideTerms: isOutside }
}

function wasInForce({ createdAt, expiresAt, status, endedAt }: Claim, at: EpochMs): boolean {
  if (status === 'cancelled' && endedAt !== null && at > endedAt) return false
  return at >= createdAt - CLOCK_SLACK_MS && at <= expiresAt + CLOCK_SLACK_MS
}

/** What of the units stays spent when a part of the goods was returned. */
function keptPart(units: number, { lines }: RedemptionContext): number {
  const total = lines.reduce((sum, line) => sum + line.total, 0)
  const kept = lines.reduce((sum, line) => sum + line.keptTotal, 0)
  return total > 0 ? prorate(units, Math.max(0, Math.min(kept, total)), total) : units
}

/**
 * Whether all that the reward was used on has come back: its own lines where they are known, else
 * everything.
 */
function isGone(claim: Claim, scene: RedemptionContext): boolean {
  if (scene.state === 'returned') return true
  const lines = rewardedLines(claim, scene)
  return lines.length > 0 && lines.every((line) => line.kept === 0)
}

function rewardedLines(claim: Claim, { lines }: RedemptionContext): readonly ContextLine[] {
  const marked = lines.filter((line) => line.code === claim.code)
  if (marked.length > 0) return marked
  if (!isOfProducts(claim.terms)) return []
  const redeemed = claim.redemption?.products?.map((product) => product.product_id)
  return lines.filter((line) => isForGoods(redeemed ? { products: redeemed } : claim.terms, line))
}
