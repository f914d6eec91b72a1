// Whether a claim can be redeemed here and now, and if not, why (pure).
import { isPercent } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { type Minor, prorate } from '../../kernel/money.ts'
import { isWithinCalendar, type Moment } from '../../programs/conditions/calendar.ts'
import type { Claim } from '../claims/claim.ts'
import type { Uses } from '../claims/claim-counts.ts'

/** Where and when a code is checked or redeemed. */
export interface Place extends Moment {
  now: EpochMs
  /** When the use counts. */
  at: EpochMs
  /**
   * The branch by its shown id; null when the POS names none, and then no reward is refused for it.
   */
  branch: string | null
}

/** What else decides, for the kinds that ask. */
export interface Standing {
  /** Of a use of a subscription. */
  uses: Uses | null
  /** Of a stamp card: whether it is still full, unused, and its reward good. */
  card: { won: boolean; expiresAt: EpochMs | null } | null
}

/** In order of precedence. */
export type Refusal =
  | { kind: 'reward_used' | 'reward_cancelled' | 'reward_expired' | 'reward_not_here' | 'reward_not_now' }
  | { kind: 'use_limit_reached'; perDay: number }
  | { kind: 'too_soon'; from: EpochMs }

export function refusalOf(claim: Claim, place: Place, { uses, card }: Standing): Refusal | null {
  const { terms, status } = claim
  if (status === 'redeemed' || status === 'restored') return { kind: 'reward_used' }
  if (status === 'cancelled' || (card && !card.won)) return { kind: 'reward_cancelled' }
  if (status === 'expired' || claim.expiresAt <= place.now) return { kind: 'reward_expired' }
  if (card?.expiresAt != null && card.expiresAt <= place.now) return { kind: 'reward_expired' }
  if (terms.branches && place.branch !== null && !terms.branches.includes(place.branch)) {
    return { kind: 'reward_not_here' }
  }
  if (!isWithinCalendar(terms, place)) return { kind: 'reward_not_now' }
  return uses && limitOf(terms, uses)
}

function limitOf(terms: ClaimTerms, uses: Uses): Refusal | null {
  const { per_day_limit: perDay, minutes_between_uses: minutes = 0 } = terms
  if (perDay !== undefined && uses.onDay >= perDay * uses.plans) {
    return { kind: 'use_limit_reached', perDay: perDay * uses.plans }
  }
  return uses.blockedBy === null ? null : { kind: 'too_soon', from: uses.blockedBy + minutes * 60_000 }
}

/**
 * Whether one more use is more than a plan allows; `beside`: uses at the same time that are not
 * among the others yet.
 */
export function isOverLimit(terms: ClaimTerms, uses: Uses, beside: number): boolean {
  const { per_day_limit: perDay, minutes_between_uses: minutes } = terms
  if (perDay !== undefined && uses.onDay + beside >= perDay * uses.plans) return true
  return minutes !== undefined && uses.near + beside >= uses.plans
}

/**
 * An order as far as it decides how much may be taken off: what its goods cost before any discount,
 * and on how many lines.
 */
export interface Goods {
  amount: Minor
  lines: number
}

/**
 * An order's lines after all discounts, with their own; and the discounts of the order, which are
 * spread over the lines' totals.
 */
interface Discounted {
  lines: readonly { total: Minor; discount: Minor }[]
  discounts: readonly { amount: Minor }[]
}

/** What the goods would have cost without any discount. */
export function goodsOf({ lines, discounts }: Discounted): Goods {
  const off = discounts.reduce((sum, one) => sum + one.amount, 0)
  return { amount: lines.reduce((sum, line) => sum + line.total + line.discount, 0) + off, lines: lines.length }
}

/**
 * The most that a claim may take off; null where only an order can tell and none is known. A
 * percentage of the order is rounded in the customer's favour, line by line, as tills do.
 */
export function mostOff(terms: ClaimTerms, goods: Goods | null): Minor | null {
  if (!isPercent(terms)) return terms.discount_amount ?? null
  const { kind, percent = 0, max_discount_amount: cap } = terms
  if (kind !== 'percent_order' || !goods) return cap ?? null
  const share = prorate(goods.amount, percent, 100) + goods.lines
  return Math.min(share, cap ?? share)
}
