// The filters of the list of orders in the URL, and the query of the API that they make.
import { NOTHING_REASONS, type NothingReason } from '../../../contract/nothing-reasons.ts'
import { filters, flag, idOf, oneOf, text } from '../filters.ts'
import type { Period } from '../scope.ts'

export const STATUSES = ['paid', 'void', 'refunded', 'initiated', 'joined'] as const

const minor = (value: string) => (/^\d{1,12}$/.test(value) ? Number(value) : undefined)

export const readOrderFilters = filters({
  reference: text,
  status: oneOf(...STATUSES),
  flagged: flag,
  withCustomer: flag,
  earned: flag,
  reason: oneOf(...NOTHING_REASONS),
  minTotal: minor,
  maxTotal: minor,
  pos: text,
  customer: idOf('cus'),
})

export type OrderFilters = ReturnType<typeof readOrderFilters>

/** Branch and period, which the URL has too, are no filters of the list. */
export function hasFilters(given: OrderFilters): boolean {
  return Object.keys(readOrderFilters(given)).length > 0
}

/** The query of `GET /orders`. What needs a hand is shown whatever the period. */
export function orderQuery(given: OrderFilters, { branch, period }: { branch: string | undefined; period: Period }) {
  const isOfAllTime = given.flagged === true || given.reference !== undefined || given.customer !== undefined
  return {
    reference: given.reference,
    status: given.status,
    flagged: given.flagged === true ? true : undefined,
    with_customer: given.withCustomer,
    earned: given.earned,
    reason: given.reason,
    min_total: given.minTotal,
    max_total: given.maxTotal,
    pos: given.pos,
    customer_id: given.customer,
    branch_id: branch,
    ...(!isOfAllTime && { from: period.from, to: period.to }),
  }
}

/** What the filter "Earned" can say: earned, earned nothing, or why it earned nothing. */
export const EARNED_CHOICES = ['earned', 'nothing', ...NOTHING_REASONS] as const
export type EarnedChoice = (typeof EARNED_CHOICES)[number]

export function earnedChoice({ earned, reason }: OrderFilters): EarnedChoice | undefined {
  return reason ?? (earned === undefined ? undefined : earned ? 'earned' : 'nothing')
}

export function earnedFilters(choice: EarnedChoice | undefined): Pick<OrderFilters, 'earned' | 'reason'> {
  const isReason = (value: typeof choice): value is NothingReason => NOTHING_REASONS.some((one) => one === value)
  return {
    earned: choice === 'earned' ? true : choice === 'nothing' ? false : undefined,
    reason: isReason(choice) ? choice : undefined,
  }
}
