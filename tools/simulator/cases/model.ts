// The expected results of the cases' programs: points, points with sliding expiry, and uses of a
// plan bought several times.
import type { Minor, Ms } from '../world/types.ts'
import { DAY } from './context.ts'
import { PLAN_DAYS, PLAN_USES, WINDOW_DAYS } from './shops.ts'

/** A valid sale. */
export interface Standing {
  at: Ms
  amount: Minor
}

/** One point per full 1.00 of each sale. */
export function points(sales: readonly Standing[]): number {
  return sales.reduce((sum, { amount }) => sum + Math.floor(amount / 100), 0)
}

/**
 * The points of the sales whose chain reaches today: every order before the expiry extends existing
 * points by the window, from its own time to the end of that day.
 */
export function slidingPoints(sales: readonly Standing[], zone: string, now: Ms): number {
  let left = 0
  let expiresAt = Number.NEGATIVE_INFINITY
  for (const { at, amount } of [...sales].sort((a, b) => a.at - b.at)) {
    if (at >= expiresAt) left = 0
    left += Math.floor(amount / 100)
    expiresAt = endOfDay(at, WINDOW_DAYS, zone)
  }
  return now < expiresAt ? left : 0
}

/** The end of the local day that is `days` after that of `at`. */
function endOfDay(at: Ms, days: number, zone: string): Ms {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: days + 1 })
    .toZonedDateTime(zone).epochMilliseconds
}

/**
 * Available uses: a plan that is bought before the current one ends begins when that one ends.
 * Purchases are at noon, so time zones make no difference.
 */
export function usesNow(purchases: readonly Ms[], now: Ms): number {
  let end = Number.NEGATIVE_INFINITY
  let uses = 0
  for (const at of [...purchases].sort((a, b) => a - b)) {
    const start = Math.max(at, end)
    end = start + PLAN_DAYS * DAY
    if (start <= now && now < end) uses = PLAN_USES
  }
  return uses
}
