// When earned units can be spent and when they expire: by business date and calendar, where the
// business is.
import type { EarningDefinition } from '../../contract/program.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'

export interface LotTerms {
  availableAt: EpochMs
  /**
   * The first instant at which the units are no longer good; null for never, and for sliding
   * expiry.
   */
  expiresAt: EpochMs | null
  /** Days after the customer's last order, when expiry slides with it: see slidingExpiry. */
  slidingDays: number | null
}

/**
 * The terms of what is earned by a sale. Days and months count from its business date, and expiry
 * falls at the end of a day in `timezone` (IANA), the business's. Without pending days the units
 * are there at once; with n they are there at the start of the n-th day after the business date.
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
    // A sale after midnight may belong to the day before: what it earned is never available before
    // it was paid.
    availableAt: pending === 0 ? paidAt : Math.max(paidAt, startOf(sold.add({ days: pending }), timezone)),
    expiresAt: lastDay(expiry, sold, timezone),
    slidingDays: expiry.kind === 'sliding' ? expiry.days : null,
  }
}

/** The end of the day, in `timezone`, that lies `days` days after the customer's last order. */
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
      // 31 January and one month is the last day of February.
      const last = sold.add({ days, months })
      return endOf(month_end ? last.with({ day: last.daysInMonth }) : last, timezone)
    }
  }
}

/** The instant after a day's last one: days where the clocks change have no fixed length. */
function endOf(date: Temporal.PlainDate, timezone: string): EpochMs {
  return startOf(date.add({ days: 1 }), timezone)
}

function startOf(date: Temporal.PlainDate, timezone: string): EpochMs {
  return date.toZonedDateTime(timezone).epochMilliseconds
}
