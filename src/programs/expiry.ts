// When earned units become available and when they expire, by business date and the calendar of the
// business's time zone.
import type { EarningDefinition } from '../../contract/program.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'

export interface LotTerms {
  availableAt: EpochMs
  /**
   * The first instant at which the units are expired; null if they never expire or the expiry
   * slides.
   */
  expiresAt: EpochMs | null
  /** Days after the customer's last order, for sliding expiry (slidingExpiry). */
  slidingDays: number | null
}

/**
 * The lot terms of a sale. Days and months count from its business date; expiry is at the end of a
 * day in `timezone` (IANA), that of the business. Without pending days the units are available
 * immediately, with n at the start of the n-th day after the business date.
 */
export function lotTerms(
  definition: Pick<EarningDefinition, 'pending_days' | 'expiry'>,
  paidAt: EpochMs,
  businessDate: IsoDate,
  timezone: string,
): LotTerms {
  const { pending_days: pending, expiry } = definition
  const sold = Temporal.PlainDate.from(businessDate)
  return {
    // A sale after midnight may have the business date of the day before: its units are not
    // available before it is paid.
    availableAt: pending === 0 ? paidAt : Math.max(paidAt, startOf(sold.add({ days: pending }), timezone)),
    expiresAt: lastDay(expiry, sold, timezone),
    slidingDays: expiry.kind === 'sliding' ? expiry.days : null,
  }
}

/** The end of the day `days` days after the customer's last order, in `timezone`. */
export function slidingExpiry(lastOrderAt: EpochMs, days: number, timezone: string): EpochMs {
  const ordered = Temporal.Instant.fromEpochMilliseconds(lastOrderAt).toZonedDateTimeISO(timezone).toPlainDate()
  return endOf(ordered.add({ days }), timezone)
}

function lastDay(expiry: EarningDefinition['expiry'], sold: Temporal.PlainDate, timezone: string): EpochMs | null {
  switch (expiry.kind) {
    case 'never':
    case 'sliding':
      return null
    case 'fixed':
      return endOf(Temporal.PlainDate.from(expiry.date), timezone)
    case 'after': {
      const { days = 0, months = 0, month_end } = expiry
      // One month after 31 January is the last day of February.
      const last = sold.add({ days, months })
      return endOf(month_end ? last.with({ day: last.daysInMonth }) : last, timezone)
    }
  }
}

/**
 * The instant at which the next day starts: days on which the clocks change are not 24 hours long.
 */
function endOf(date: Temporal.PlainDate, timezone: string): EpochMs {
  return startOf(date.add({ days: 1 }), timezone)
}

function startOf(date: Temporal.PlainDate, timezone: string): EpochMs {
  return date.toZonedDateTime(timezone).epochMilliseconds
}
