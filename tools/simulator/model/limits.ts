// Limits per customer over many sales without returns, where the order of arrival does not matter.
import type { Share } from './earned.ts'

/**
 * The sum of all sales within the limits of a day, a week and a month. A limit reduces the sales
 * that arrive too late, but never the sum: of a day with 60 left, 60 are given. Days lie within
 * weeks and months; programs that limit both weeks and months, which overlap, are not supported.
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

/** The Sunday of its week. */
function weekOf(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek % 7 }).toString()
}
