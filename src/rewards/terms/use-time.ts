// When the use of a claim counts (pure).
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Moment } from '../../programs/conditions/calendar.ts'
import { CLOCK_SLACK_MS, type Claim } from '../claims/claim.ts'

/**
 * Whether the claim can have been used at this time: after it was created and not in the future,
 * give or take the difference between clocks.
 */
export function isPossibleUse({ createdAt }: Pick<Claim, 'createdAt'>, at: EpochMs, now: EpochMs): boolean {
  return at >= createdAt - CLOCK_SLACK_MS && at <= now + CLOCK_SLACK_MS
}

/** An instant on the clock of a branch, for conditions on days and hours. */
export function momentAt(at: EpochMs, timezone: string, businessDate: IsoDate): Moment {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
  const weekday = local.dayOfWeek as Moment['basket']['local']['weekday']
  return { basket: { businessDate, local: { weekday, minute: local.hour * 60 + local.minute } } }
}
