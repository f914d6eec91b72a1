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
