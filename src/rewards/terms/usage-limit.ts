// How often and how soon a plan may be used (pure).
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { Claim } from '../claims/claim.ts'
import type { PlanUses } from '../claims/count-claims.ts'

/** Whether the limits of a plan need its earlier uses. */
export function hasUsageLimits({ kind, terms }: Pick<Claim, 'kind' | 'terms'>): boolean {
  return kind === 'use' && (terms.per_day_limit !== undefined || terms.minutes_between_uses !== undefined)
}

/**
 * Whether one more use exceeds a limit of the plan. `others`: uses at the same time that `uses`
 * does not count yet.
 */
export function isOverLimit(terms: ClaimTerms, uses: PlanUses, others: number): boolean {
  const { per_day_limit: perDay, minutes_between_uses: minutes } = terms
  if (perDay !== undefined && uses.onDay + others >= perDay * uses.plans) return true
  return minutes !== undefined && uses.near + others >= uses.plans
}
