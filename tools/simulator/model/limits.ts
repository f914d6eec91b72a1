// What limits per customer leave of many sales, where nothing comes back: then the order in which
// they arrive does not matter.
import type { Share } from './earned.ts'

/**
 * The sum of all shares, within what a day, a week and a month may give. A limit trims whichever
 * sale comes too late, but not their sum: of a day with 60 left, 60 are given. Days lie within
 * weeks and within months; a program that limits both weeks and months, which cross each other, is
 * not one of these.
 */
export function within(shares: readonly Share[]): number {
  const days = new Map<string, number>()
  for (const { ticket, units } of shares) days.set(ticket.businessDate, (days.get(ticket.businessDate) ?? 0) + units)
  const definition = shares.at(-1)?.definition
  const limits = definition && definition.type !== 'subscription' ? (definition.caps?.per_customer ?? {}) : {}
  const perDay = new Map([...days].map(([date, units]) => [date, Math.min(units, limits.day ?? units)]))
  const perWeek = trim(perDay, weekOf, limits.week)
  const perMonth = trim(perWeek, (date) => date.slice(0, 7), limits.month)
  return [...perMonth.values()].reduce((sum, units) => sum + units, 0)
}

function trim(
  given: ReadonlyMap<string, number>,
  periodOf: (date: string) => string,
  limit: number | undefined,
): Map<string, number> {
  if (limit === undefined) return new Map(given)
  const sums = new Map<string, number>()
  for (const [date, units] of given) sums.set(periodOf(date), (sums.get(periodOf(date)) ?? 0) + units)
  return new Map([...sums].map(([period, units]) => [period, Math.min(units, limit)]))
}

/** Its Sunday. */
function weekOf(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek % 7 }).toString()
}
