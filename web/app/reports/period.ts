// Which days and months the reports cover: the period of the top bar, or what a report needs at least.
import { addDays, type Period, periodOf, type Scope } from '../scope.ts'

/** A report of one day says little: without a choice it covers 30 days. */
export function daysOf(scope: Scope, zone: string, now: Date): Period {
  return periodOf({ ...scope, period: scope.period ?? '30d' }, zone, now)
}

/** The months of the days, and never fewer than twelve. */
export function monthsOf(scope: Scope, zone: string, now: Date): { from: string; to: string } {
  const { from, to } = daysOf(scope, zone, now)
  const yearBefore = addDays(`${to.slice(0, 7)}-15`, -335).slice(0, 7)
  const [first = yearBefore] = [from.slice(0, 7), yearBefore].sort()
  return { from: first, to: to.slice(0, 7) }
}

/** `2026-11` → the first day, which the formats of days understand. */
export function firstOf(month: string): string {
  return `${month}-01`
}

/** How many months lie between two months. */
export function monthsApart(from: string, to: string): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5))
}
