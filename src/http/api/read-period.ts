// Reads the two ends of a period in a filter: dates of the business, or instants.
import { Format } from 'typebox/format'
import { endOfDay, startOfDay } from '../../kernel/local-date.ts'
import { refusal } from '../plugins/validation.ts'

/**
 * From `from` on, before `until`; a date means its whole day. Undefined when neither is given.
 * Throws 422 at `/{name}_from` or `/{name}_to`.
 */
export function readPeriod(
  name: string,
  from: string | undefined,
  to: string | undefined,
  timezone: string,
): { from?: number; until?: number } | undefined {
  if (from === undefined && to === undefined) return undefined
  return {
    ...(from !== undefined && { from: read(`/${name}_from`, from, (date) => startOfDay(date, timezone)) }),
    ...(to !== undefined && { until: read(`/${name}_to`, to, (date) => endOfDay(date, timezone)) }),
  }
}

/** As readPeriod, of the parameters `from` and `to`. */
export function readPeriodOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  timezone: string,
): { from?: number; until?: number } {
  return {
    ...(from !== undefined && { from: read('/from', from, (date) => startOfDay(date, timezone)) }),
    ...(to !== undefined && { until: read('/to', to, (date) => endOfDay(date, timezone)) }),
  }
}

function read(pointer: string, text: string, ofDate: (date: string) => number): number {
  if (Format.Test('date', text)) return ofDate(text)
  if (Format.Test('date-time', text)) return Date.parse(text)
  const message = 'must be a date, e.g. 2026-01-31, or an instant, e.g. 2026-01-31T09:30:00Z'
  const message_ar = 'يجب أن يكون تاريخًا مثل 2026-01-31 أو وقتًا مثل 2026-01-31T09:30:00Z'
  throw refusal([{ in: 'query', pointer, message, message_ar }])
}
