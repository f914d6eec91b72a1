// The calendar date of an instant, where somebody is.
import type { EpochMs, IsoDate } from './clock.ts'

/** `timezone` is an IANA zone. */
export function localDate(at: EpochMs, timezone: string): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toString()
}

/** The first instant after a date. `timezone` is an IANA zone. */
export function endOfDay(date: IsoDate, timezone: string): EpochMs {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timezone).epochMilliseconds
}
/**
 * The business day of an instant in a zone. A day that ends in the morning keeps what happens
 * before that hour: with 05:00, an order at 02:30 belongs to the day before. An end in the
 * afternoon says nothing about the date.
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
