// The periods over which a program limits what one customer earns.
import type { Definition } from '../../contract/program.ts'
import type { IsoDate } from '../kernel/clock.ts'

export interface CapPeriod {
  scope: 'day' | 'week' | 'month'
  /** Business dates, both included. */
  from: IsoDate
  to: IsoDate
  /** Units. */
  limit: number
}

/**
 * The periods that contain a sale of `businessDate`. A week runs from Sunday to Saturday, as in
 * Saudi Arabia; a month is a calendar month. The budget of a program has no period.
 */
export function capPeriods(definition: Definition, businessDate: IsoDate): CapPeriod[] {
  const limits = definition.type === 'subscription' ? undefined : definition.caps?.per_customer
  if (!limits) return []
  const date = Temporal.PlainDate.from(businessDate)
  const sunday = date.subtract({ days: date.dayOfWeek % 7 })
  return [
    period('day', date, date, limits.day),
    period('week', sunday, sunday.add({ days: 6 }), limits.week),
    period('month', date.with({ day: 1 }), date.with({ day: date.daysInMonth }), limits.month),
  ].filter((found) => found !== null)
}

function period(
  scope: CapPeriod['scope'],
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  limit: number | undefined,
): CapPeriod | null {
  return limit === undefined ? null : { scope, from: from.toString(), to: to.toString(), limit }
}
