// Reads `from` and `to` of a list of orders: business dates, or instants.
import { Format } from 'typebox/format'
import type { OrderFilter } from '../../../orders/read.ts'
import { refusal } from '../../plugins/validation.ts'

type Range = Pick<OrderFilter, 'from' | 'until' | 'fromDate' | 'toDate'>

/** Throws 422 at the parameter that is neither a date nor an instant. */
export function readRange(from: string | undefined, to: string | undefined): Range {
  return {
    ...(from !== undefined && (isDate(from) ? { fromDate: from } : { from: readInstant('/from', from) })),
    ...(to !== undefined && (isDate(to) ? { toDate: to } : { until: readInstant('/to', to) })),
  }
}

function isDate(text: string): boolean {
  return Format.Test('date', text)
}

function readInstant(pointer: string, text: string): number {
  if (Format.Test('date-time', text)) return Date.parse(text)
  const message = 'must be a date, e.g. 2026-01-31, or an instant, e.g. 2026-01-31T09:30:00Z'
  const message_ar = 'يجب أن يكون تاريخًا مثل 2026-01-31 أو وقتًا مثل 2026-01-31T09:30:00Z'
  throw refusal([{ in: 'query', pointer, message, message_ar }])
}
