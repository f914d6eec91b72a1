// Reads times: instants with and without a zone, dates, and the business day of an order.
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import { businessDateOf } from '../../kernel/local-date.ts'

/**
 * The instant of a text or a Unix time, or null when there is none between 2000 and 2100. A text
 * without a zone is local time in `zone`. A number is in seconds; one that would lie after the year
 * 5000 is in milliseconds.
 */
export function readInstant(value: unknown, zone: string): EpochMs | null {
  const instant = typeof value === 'number' ? readUnix(value) : typeof value === 'string' ? readText(value, zone) : null
  return instant !== null && instant >= EARLIEST && instant < LATEST ? instant : null
}

/** `YYYY-MM-DD`, optionally followed by a time of day; null when the calendar has no such day. */
export function readDate(value: unknown): IsoDate | null {
  const match = typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})(?:[ T].{0,30})?$/.exec(value.trim()) : null
  if (!match) return null
  const [, year, month, day] = match
  return isDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : null
}

/** `HH:MM`, or undefined when it is not a time of day. */
export function readTimeOfDay(value: unknown): string | undefined {
  const match = typeof value === 'string' ? /^([01]?\d|2[0-3]):([0-5]\d)(?::\d{2})?$/.exec(value.trim()) : null
  return match?.[1] === undefined ? undefined : `${match[1].padStart(2, '0')}:${match[2]}`
}

/**
 * The business day that the POS states, else the day in the zone of the business, which is marked
 * as assumed.
 */
export function businessDay(
  stated: IsoDate | undefined,
  instant: EpochMs,
  zone: string,
  dayEndsAt: string | undefined,
): { business_date: IsoDate; business_date_assumed?: true } {
  if (stated !== undefined) return { business_date: stated }
  return { business_date: businessDateOf(instant, zone, dayEndsAt), business_date_assumed: true }
}

const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)
const FIRST_MILLISECONDS = 1e11

function readUnix(value: number): EpochMs | null {
  const ms = Math.floor(value > FIRST_MILLISECONDS ? value : value * 1000)
  return Number.isSafeInteger(ms) ? ms : null
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i

function readText(value: string, zone: string): EpochMs | null {
  const text = value.trim()
  if (/^\d{9,13}$/.test(text)) return readUnix(Number(text))
  const match = INSTANT.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second = '0', fraction = '0', offset] = match
  if (!isDay(Number(year), Number(month), Number(day))) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms)
  if (offset !== undefined) return utc - offsetMs(offset)
  return zone === 'UTC' ? utc : localToUtc(utc, zone)
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && year <= 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000
}

/**
 * `local` is the local time as if it were UTC. For an hour that the clock skips or repeats,
 * Temporal's default applies.
 */
function localToUtc(local: EpochMs, zone: string): EpochMs {
  const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime()
  return wall.toZonedDateTime(zone).epochMilliseconds
}
