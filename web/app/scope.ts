// What the top bar narrows every screen to: a branch and a period. Both are in the URL.
import { day, filters, idOf, oneOf } from './filters.ts'

export const PERIODS = ['today', 'yesterday', '7d', '30d', 'month', 'year', 'custom'] as const
export type PeriodName = (typeof PERIODS)[number]

/** The part of the URL that all screens share. */
export const readScope = filters({ branch: idOf('brn'), period: oneOf(...PERIODS), from: day, to: day })

export type Scope = ReturnType<typeof readScope>

export interface Period {
  name: PeriodName
  /** First and last day of the business, `2026-11-30`. */
  from: string
  to: string
}

/** The days of a period in the zone of the business. `now` is an instant. */
export function periodOf({ period = 'today', from, to }: Scope, zone: string, now: Date): Period {
  const today = dayIn(zone, now)
  switch (period) {
    case 'today':
      return { name: period, from: today, to: today }
    case 'yesterday':
      return { name: period, from: addDays(today, -1), to: addDays(today, -1) }
    case '7d':
      return { name: period, from: addDays(today, -6), to: today }
    case '30d':
      return { name: period, from: addDays(today, -29), to: today }
    case 'month':
      return { name: period, from: `${today.slice(0, 8)}01`, to: today }
    case 'year':
      return { name: period, from: `${today.slice(0, 5)}01-01`, to: today }
    case 'custom': {
      const first = from ?? to ?? today
      const last = to ?? from ?? today
      return first <= last ? { name: period, from: first, to: last } : { name: period, from: last, to: first }
    }
  }
}

/** `2026-11-30`, the calendar day in a zone. */
export function dayIn(zone: string, instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant)
}

export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}
