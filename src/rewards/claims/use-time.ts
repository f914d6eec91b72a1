// When a use counts, and what else of its time and place decides (pure).
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Moment } from '../../programs/conditions/calendar.ts'
import { CLOCK_SLACK_MS, type Claim } from './claim.ts'

/**
 * Whether a use of this claim can have been at this time: not before it was made, and not later
 * than now. Clocks differ a little.
 */
export function isPossibleUse({ createdAt }: Pick<Claim, 'createdAt'>, at: EpochMs, now: EpochMs): boolean {
  return at >= createdAt - CLOCK_SLACK_MS && at <= now + CLOCK_SLACK_MS
}

/** An instant on the clock of a branch, as the conditions on time see it. */
export function momentAt(at: EpochMs, timezone: string, businessDate: IsoDate): Moment {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
  const weekday = local.dayOfWeek as Moment['basket']['local']['weekday']
  return { basket: { businessDate, local: { weekday, minute: local.hour * 60 + local.minute } } }
}
