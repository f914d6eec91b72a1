// When each of the plans of one customer begins: with its purchase, or when the plan before it ends
// (pure).
import type { EpochMs } from '../../kernel/clock.ts'
import { beginAt, lastUntil, type Subscription, type SubscriptionTerms } from './subscriptions.ts'

/** The terms of a subscription, by its version. */
export type TermsOf = (subscription: Subscription) => SubscriptionTerms

/**
 * Gives each plan its beginning, as it follows from what was bought when: a plan that is bought
 * while others run begins when they end (`renewal: extend`), or at once (`parallel`). `plans` are
 * of one customer and program, and are all that run or begin after `since`; those that were bought
 * before `since` stay as they are. A purchase that was given back counts for nobody.
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
