// Sums the tested sales to the result of a back-test (pure).
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { BackTestResult, Changed, Given, Part, UnitWorth } from './back-test.ts'
import type { TestedSale } from './simulation.ts'

export interface Tally {
  add(sale: { customerId: Uuid | null; branchId: Uuid | null; businessDate: IsoDate }, tested: TestedSale): void
  /** With a part for every day of the back-test, also those without sales. */
  result(days: { from: IsoDate; to: IsoDate }, worth: UnitWorth | null): BackTestResult
}

/** How many of the customers with the greatest difference the result names. */
const MOST_NAMED = 50
const MOST_BRANCHES = 200

export function createTally(): Tally {
  const total = { ...nothing(), withCustomer: 0, earning: { actual: 0, tested: 0 }, waiting: 0 }
  const days = new Map<IsoDate, Part>()
  const branches = new Map<Uuid | null, Part>()
  const customers = new Map<Uuid, Given>()
  return {
    add({ customerId, branchId, businessDate }, tested) {
      for (const part of [total, partOf(days, businessDate), partOf(branches, branchId)]) {
        part.orders += 1
        part.actual += tested.actual
        part.tested += tested.tested
      }
      total.waiting += tested.waiting
      if (tested.actual > 0) total.earning.actual += 1
      if (tested.tested > 0) total.earning.tested += 1
      if (customerId === null) return
      total.withCustomer += 1
      if (tested.actual === 0 && tested.tested === 0) return
      const customer = customers.get(customerId)
      if (customer) {
        customer.actual += tested.actual
        customer.tested += tested.tested
      } else customers.set(customerId, { actual: tested.actual, tested: tested.tested })
    },
    result({ from, to }, worth) {
      const changed = [...customers].map(([customerId, given]) => ({ customerId, ...given }))
      const parts = [...daysBetween(from, to)].map((date) => ({ date, ...(days.get(date) ?? nothing()) }))
      return {
        total: { ...total, customers: customers.size },
        worth,
        days: parts,
        weekdays: byWeekday(parts),
        branches: [...branches]
          .map(([branchId, part]) => ({ branchId, ...part }))
          .sort((a, b) => b.orders - a.orders)
          .slice(0, MOST_BRANCHES),
        more: changedBy(changed, ({ actual, tested }) => tested - actual),
        less: changedBy(changed, ({ actual, tested }) => actual - tested),
        same: changed.filter(({ actual, tested }) => actual === tested).length,
      }
    },
  }
}

function nothing(): Part {
  return { orders: 0, actual: 0, tested: 0 }
}

function partOf<Key>(parts: Map<Key, Part>, key: Key): Part {
  const known = parts.get(key)
  if (known) return known
  const part = nothing()
  parts.set(key, part)
  return part
}

function changedBy(customers: readonly (Given & { customerId: Uuid })[], difference: (one: Given) => number): Changed {
  const all = customers.filter((one) => difference(one) > 0).sort((a, b) => difference(b) - difference(a))
  return {
    customers: all.length,
    units: all.reduce((sum, one) => sum + difference(one), 0),
    greatest: all.slice(0, MOST_NAMED),
  }
}

function byWeekday(days: readonly (Part & { date: IsoDate })[]): BackTestResult['weekdays'] {
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...nothing() }))
  for (const { date, orders, actual, tested } of days) {
    const part = weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1]
    if (!part) continue
    part.orders += orders
    part.actual += actual
    part.tested += tested
  }
  return weekdays
}

function* daysBetween(from: IsoDate, to: IsoDate): Generator<IsoDate> {
  let date = Temporal.PlainDate.from(from)
  for (
    const last = Temporal.PlainDate.from(to);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  )
    yield date.toString()
}
