// The uses of one purchased plan at an instant, when none was used.
import type { DefinitionInput } from '../../../contract/program.ts'
import type { Ms } from '../world/types.ts'

type Plan = Extract<DefinitionInput, { type: 'subscription' }>['plan']

/**
 * Each period that has begun grants its uses, which expire with it, or with the next one when the
 * plan rolls over.
 */
export function usesAt(plan: Plan, boughtAt: Ms, zone: string, now: Ms): number {
  const bought = Temporal.Instant.fromEpochMilliseconds(boughtAt).toZonedDateTimeISO(zone)
  const field = { week: 'weeks', month: 'months', days: 'days' }[plan.period.unit]
  const begins = (period: number): Ms => bought.add({ [field]: plan.period.count * period }).epochMilliseconds
  const lasts = plan.rollover === 'next_period' ? 2 : 1
  const periods = Array.from({ length: plan.periods ?? 1 }, (_, period) => period)
  return periods.filter((period) => begins(period) <= now && now < begins(period + lasts)).length * plan.uses_per_period
}
