// The period whose redemptions say what a unit is worth.
import type { IsoDate } from '../../../kernel/clock.ts'
import type { Range } from '../../../reports/read-visits.ts'

/** The twelve months up to a day. */
export function yearBefore(day: IsoDate): Range {
  return { from: Temporal.PlainDate.from(day).subtract({ months: 12 }).toString(), to: day }
}
