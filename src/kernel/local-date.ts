// The local calendar date of an instant.
import type { EpochMs, IsoDate } from './clock.ts'

/** `timezone` is an IANA zone. */
export function localDate(at: EpochMs, timezone: string): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toString()
}

/** The first instant of a date. `timezone` is an IANA zone. */
export function startOfDay(date: IsoDate, timezone: string): EpochMs {
  return Temporal.PlainDate.from(date).toZonedDateTime(timezone).epochMilliseconds
}

/** The first instant after the end of a date. `timezone` is an IANA zone. */
export function endOfDay(date: IsoDate, timezone: string): EpochMs {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds
}
/**
 * The business day of an instant. A day that ends in the morning contains the hours before its end:
 * with 05:00, an order at 02:30 belongs to the day before. An end in the afternoon does not change
 * the date.
 */

export function businessDateOf(instant: EpochMs, zone: string, dayEndsAt: string | undefined): IsoDate {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  const ofDayBefore = dayEndsAt !== undefined && dayEndsAt < '12:00' && time < dayEndsAt
  return local
    .toPlainDate()
    .subtract({ days: ofDayBefore ? 1 : 0 })
    .toString()
}

/** Whether this is the name of an IANA zone. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
