// When each plan of a customer starts: at its purchase, or when the plan before it ends (pure).
import type { EpochMs } from '../../kernel/clock.ts'
import { beginAt, lastUntil, type Subscription, type SubscriptionTerms } from './subscriptions.ts'

/** The terms of the version of a subscription. */
export type TermsOf = (subscription: Subscription) => SubscriptionTerms

/**
 * Sets the start of each plan from the times of purchase: a plan that is bought while others run
 * starts when they end (`renewal: extend`) or immediately (`parallel`). `plans` are all plans of
 * one customer and program that run or start after `since`; those bought before `since` stay
 * unchanged. A returned purchase does not delay others.
 */
export function restack(plans: readonly Subscription[], since: EpochMs, termsOf: TermsOf): Subscription[] {
  let until = Number.NEGATIVE_INFINITY
  return [...plans].sort(byPurchase).map((plan) => {
    const terms = termsOf(plan)
    const extend = terms.definition.plan.renewal === 'extend'
    const startsAt = extend && plan.quantity > 0 ? Math.max(plan.boughtAt, until) : plan.boughtAt
    const placed = plan.boughtAt < since || plan.startedAt === startsAt ? plan : beginAt(plan, startsAt, terms)
    if (placed.quantity > 0) until = Math.max(until, lastUntil(placed, terms))
    return placed
  })
}

function byPurchase(a: Subscription, b: Subscription): number {
  return a.boughtAt - b.boughtAt || (a.id < b.id ? -1 : 1)
}
