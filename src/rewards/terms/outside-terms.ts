// Whether a redemption that only an order states was within the terms of its claim at the time of
// the order (pure).
import type { EpochMs } from '../../kernel/clock.ts'
import { formatId } from '../../kernel/ids.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { isWithinCalendar } from '../../programs/conditions/calendar.ts'
import type { Claim } from '../claims/claim.ts'
import type { PlanUses } from '../claims/count-claims.ts'
import { isOverLimit } from './usage-limit.ts'
import { momentAt } from './use-time.ts'

/** What the limits of a claim need from the database, at the time of an order. */
export interface LimitFacts {
  /** Uses of its plan in other orders; null if the plan has no usage limits. */
  uses: PlanUses | null
  /** Other claims of its reward; null if the reward has no limits. */
  taken: { byCustomer: number; inAll: number } | null
  /** When the reward of its stamp card expires; null if it does not. */
  cardExpiresAt: EpochMs | null
}

/** `others`: other claims that are redeemed for the order, or that the order redeems. */
export function isOutsideTerms(
  claim: Claim,
  context: RedemptionContext,
  { uses, taken, cardExpiresAt }: LimitFacts,
  others: readonly Claim[],
): boolean {
  const { terms } = claim
  if (isAtOtherBranch(claim, context)) return true
  if (!isWithinCalendar(terms, momentAt(context.occurredAt, context.timezone, context.businessDate))) return true
  if (cardExpiresAt !== null && cardExpiresAt <= context.occurredAt) return true
  if (taken && taken.byCustomer >= (terms.limits?.per_customer ?? Number.POSITIVE_INFINITY)) return true
  if (taken && taken.inAll >= (terms.limits?.in_all ?? Number.POSITIVE_INFINITY)) return true
  if (!uses) return false
  const ofPlan = others.filter(({ kind, programId, subscriptionId }) => {
    return kind === 'use' && programId === claim.programId && subscriptionId === claim.subscriptionId
  })
  return isOverLimit(terms, uses, ofPlan.length)
}

/** Whether the terms name branches and the order is of another one. */
export function isAtOtherBranch({ terms }: Pick<Claim, 'terms'>, { branchId }: RedemptionContext): boolean {
  return terms.branches !== undefined && branchId !== null && !terms.branches.includes(formatId('branch', branchId))
}
