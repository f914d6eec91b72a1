// How the figures of Home compare: with the same weekday, and with the weeks before.
import type { HomeFigures } from '../../../contract/api/reports.ts'

interface Day {
  visits: number
  customer_visits: number
}

/** Visits of customers in every 100 visits, rounded; null without visits. */
export function shareOfCustomers(days: readonly Day[]): number | null {
  const all = days.reduce((sum, { visits }) => sum + visits, 0)
  const known = days.reduce((sum, { customer_visits }) => sum + customer_visits, 0)
  return all === 0 ? null : Math.round((known / all) * 100)
}

/**
 * What today may come to by closing: the whole of the same weekday, by as much more or less as today
 * is ahead or behind by now. Null when it says nothing: no visits by this time a week ago.
 */
export function expectedVisits({
  today,
  same_weekday: last,
}: Pick<HomeFigures, 'today' | 'same_weekday'>): number | null {
  if (last.until_now.visits === 0) return null
  return Math.max(today.visits, Math.round((last.whole_day.visits * today.visits) / last.until_now.visits))
}
