// The periods of a subscription: each ends at the same local time on its anniversary.
import type { Plan } from '../../../contract/program.ts'
import type { EpochMs } from '../../kernel/clock.ts'

export interface Bounds {
  from: EpochMs
  /** Exclusive: the next period begins here. */
  to: EpochMs
}

/**
 * Period `k` (0 is the first) of a subscription that started at `startedAt`. Every bound is counted
 * from the start, so that months that start on the 31st run to 28 February and then to 31 March. In
 * the local time of `timezone` (IANA): a period keeps its hour when the clocks change.
 */
export function periodBounds(plan: Pick<Plan, 'period'>, startedAt: EpochMs, k: number, timezone: string): Bounds {
  const started = Temporal.Instant.fromEpochMilliseconds(startedAt).toZonedDateTimeISO(timezone)
  return { from: bound(plan, started, k), to: bound(plan, started, k + 1) }
}

/**
 * When the uses of period `k` expire: with the period, or with the next one if the plan rolls over.
 */
export function periodLotExpiry(
  plan: Pick<Plan, 'period' | 'rollover'>,
  startedAt: EpochMs,
  k: number,
  timezone: string,
): EpochMs {
  return periodBounds(plan, startedAt, plan.rollover === 'next_period' ? k + 1 : k, timezone).to
}

function bound({ period: { unit, count } }: Pick<Plan, 'period'>, started: Temporal.ZonedDateTime, k: number): EpochMs {
  const field = unit === 'month' ? 'months' : unit === 'week' ? 'weeks' : 'days'
  return started.add({ [field]: count * k }).epochMilliseconds
}
