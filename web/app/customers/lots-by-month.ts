// The expiry of a balance by month: the next twelve months, and what comes later.
import type { BalanceWithExpiry } from '../../../contract/api/customers.ts'

export interface Month {
  /** First day, `2026-12-01`. */
  day: string
  units: number
}

export interface Expiry {
  months: readonly Month[]
  /** Units that expire after the last month. */
  later: number
  /** The first date on which something expires. */
  next: { units: number; at: string } | null
}

/** `zone`: of the business; `now`: an instant. */
export function expiryByMonth({ expiring }: Pick<BalanceWithExpiry, 'expiring'>, zone: string, now: Date): Expiry {
  const monthOf = (at: Date) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(at)
  const [year = 0, month = 1] = monthOf(now).split('-').map(Number)
  const months = Array.from({ length: 12 }, (_, index) => {
    const at = new Date(Date.UTC(year, month - 1 + index, 1))
    return { day: at.toISOString().slice(0, 10), units: 0 }
  })
  let later = 0
  for (const { units, expires_at: at } of expiring) {
    // They can be used until the instant before.
    const day = `${monthOf(new Date(Date.parse(at) - 1))}-01`
    const found = months.find((one) => one.day === day)
    if (found) found.units += units
    else later += units
  }
  const [first] = expiring
  return { months, later, next: first ? { units: first.units, at: lastDay(first.expires_at) } : null }
}

/** The last instant on which the units can be used: their day is the one that people name. */
function lastDay(at: string): string {
  return new Date(Date.parse(at) - 1).toISOString()
}
