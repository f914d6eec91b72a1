// How a round changes sliding expiry: the days on which a customer has an order now and had none,
// or the reverse.
import type { Queryable, Statement } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Lot } from '../ledger/lots.ts'
import { counts, isReturned } from '../orders/family.ts'
import { slidingExpiry } from '../programs/expiry.ts'
import {
  type ChainStart,
  lastInChain,
  type OrderChanges,
  type Sliding,
  STANDS,
  slidingOf,
} from '../programs/sliding.ts'
import type { SaleToAssess } from './assessments.ts'

/** The sliding expiry of one customer whose orders a round changes. */
export interface SlidingExpiry {
  businessId: Uuid
  customerId: Uuid
  zone: string
  /** Programs that ever let expiry slide. */
  programIds: ReadonlySet<Uuid>
  /** Days that are other than before, ascending. Expiry depends on days alone. */
  changed: ChangedDay[]
  /**
   * When units expire that an order of this time earns, with this window. Asked for the customer's
   * sales of the round.
   */
  expiryAt: (at: EpochMs, days: number) => EpochMs
}

/**
 * `order`: when the order of this day was, null when the day has none any more. Then the last order
 * before it and the first after it count.
 */
interface ChangedDay extends Day {
  order: EpochMs | null
  previous: EpochMs | null
  next: EpochMs | null
}

/** A local day as instants; `to` is the beginning of the next. */
interface Day {
  from: EpochMs
  to: EpochMs
}

/** The customer's sales of a round that stand, as the database has them and as they are now. */
interface CustomerSales extends Pick<SlidingExpiry, 'businessId' | 'customerId' | 'zone'> {
  sliding: Sliding
  was: EpochMs[]
  now: EpochMs[]
}

/**
 * By customer; empty where no expiry slides. One round trip, and one more where an order fell
 * away.
 */
export async function loadSlidingExpiry(
  q: Queryable,
  sales: readonly SaleToAssess[],
): Promise<Map<Uuid, SlidingExpiry>> {
  const customers = customerSalesOf(sales)
  if (customers.length === 0) return new Map()
  const changes: OrderChanges = {
    saleIds: sales.map((one) => one.family.id),
    standing: customers.flatMap(({ customerId, now }) => now.map((at) => ({ customerId, at }))),
  }
  const dated = customers.flatMap((customer) =>
    [...new Map([...customer.was, ...customer.now].map((at) => [dayOf(at, customer.zone).from, at])).values()].map(
      (at) => ({
        customer,
        at,
        day: dayOf(at, customer.zone),
      }),
    ),
  )
  const starts = customers.flatMap((customer) => customer.now.flatMap((at) => startsAt(customer, at)))
  const [around, ends] = await Promise.all([ordersAround(q, dated, changes), lastInChain(q, starts, changes)])
  const chains = new Map(starts.map((start, index) => [chainKey(start), must(ends[index], 'the end of a chain')]))
  const changed = dated.flatMap(({ customer, day: date }, index) => {
    const day = changedDay(customer, date, must(around[index], 'the orders around a day'))
    return day ? [{ customer, day }] : []
  })
  const more = changed.flatMap(({ customer, day }) =>
    day.order === null && day.next !== null ? startsAt(customer, day.next) : [],
  )
  const moreEnds = await lastInChain(q, more, changes)
  for (const [index, start] of more.entries()) chains.set(chainKey(start), must(moreEnds[index], 'the end of a chain'))
  return new Map(
    customers.map((customer) => {
      const { businessId, customerId, zone, sliding } = customer
      const expiryAt = (at: EpochMs, days: number) =>
        slidingExpiry(must(chains.get(chainKey({ customerId, at, days })), 'a chain that was asked for'), days, zone)
      const own = changed.filter((one) => one.customer === customer).map((one) => one.day)
      const { programIds } = sliding
      return [
        customerId,
        { businessId, customerId, zone, programIds, changed: own.sort((a, b) => a.from - b.from), expiryAt },
      ]
    }),
  )
}

/**
 * When the units of a lot expire now; null when the changes do not touch it. The lot is up to date
 * with the orders as they were: an expiry after the day that changed means that its chain had got
 * as far, and from there on it is everybody's.
 */
export function movedExpiry({ changed, expiryAt, zone }: SlidingExpiry, lot: Lot): EpochMs | null {
  const { slidingDays: days, expiresAt, occurredAt } = lot
  if (days === null || expiresAt === null) return null
  const day = changed.find(({ to }) => to > occurredAt)
  if (!day || expiresAt <= day.from) return null
  if (day.order !== null) return expiryAt(day.order, days)
  const reached = slidingExpiry(Math.max(day.previous ?? occurredAt, occurredAt), days, zone)
  return day.next !== null && day.next < reached ? expiryAt(day.next, days) : reached
}

/**
 * The customers to whom these sales are or were credited, where a program of the business slides.
 */
function customerSalesOf(sales: readonly SaleToAssess[]): CustomerSales[] {
  const customers = new Map<Uuid, CustomerSales>()
  const salesOf = ({ businessId, programs }: SaleToAssess, customerId: Uuid, sliding: Sliding): CustomerSales => {
    const zone = programs.business.timezone
    const customer = customers.get(customerId) ?? { businessId, customerId, zone, sliding, was: [], now: [] }
    customers.set(customerId, customer)
    return customer
  }
  for (const one of sales) {
    const sliding = slidingOf(one.programs)
    if (!sliding) continue
    const { before, customer, family } = one
    if (before?.customerId && before.status === 'paid' && before.reason !== 'returned') {
      salesOf(one, before.customerId, sliding).was.push(before.occurredAt)
    }
    if (customer && counts(family.sale) && !isReturned(family)) {
      salesOf(one, customer.id, sliding).now.push(family.sale.occurredAt)
    }
  }
  return [...customers.values()]
}

function startsAt({ businessId, customerId, sliding: { windows }, zone }: CustomerSales, at: EpochMs): ChainStart[] {
  return windows.map((days) => ({ businessId, customerId, at, days, zone }))
}

function chainKey({ customerId, at, days }: Pick<ChainStart, 'customerId' | 'at' | 'days'>): string {
  return `${customerId} ${at} ${days}`
}

function dayOf(at: EpochMs, zone: string): Day {
  const from = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).startOfDay()
  return { from: from.epochMilliseconds, to: from.add({ days: 1 }).startOfDay().epochMilliseconds }
}

/** Null when the day has an order now as before, or none now as before. */
function changedDay({ was, now }: CustomerSales, day: Day, around: Around): ChangedDay | null {
  const within = (at: EpochMs) => day.from <= at && at < day.to
  const order = now.find(within) ?? null
  if (around.same || (order !== null) === was.some(within)) return null
  const before = now.filter((at) => at < day.from)
  const after = now.filter((at) => at >= day.to)
  return {
    ...day,
    order,
    previous: furthest(Math.max, [...before, around.previous]),
    next: furthest(Math.min, [...after, around.next]),
  }
}

function furthest(pick: (...times: number[]) => number, times: readonly (EpochMs | null)[]): EpochMs | null {
  const known = times.filter((at) => at !== null)
  return known.length === 0 ? null : pick(...known)
}

/** Orders of the customer that the round does not change. */
interface Around {
  /** Whether there is one on this very day. */
  same: boolean
  previous: EpochMs | null
  next: EpochMs | null
}

async function ordersAround(
  q: Queryable,
  days: readonly { customer: CustomerSales; day: Day }[],
  { saleIds }: OrderChanges,
): Promise<Around[]> {
  return q.query(ORDERS_AROUND, [
    plainArray(days.map(({ customer }) => customer.businessId)),
    plainArray(days.map(({ customer }) => customer.customerId)),
    plainArray(days.map(({ day }) => instant(day.from))),
    plainArray(days.map(({ day }) => instant(day.to))),
    saleIds,
  ])
}

const ORDER_OF_CUSTOMER = `
  select o.occurred_at from orders o
  where o.business_id = k.business_id and o.customer_id = k.customer_id and ${STANDS} and o.id <> all ($5::uuid[])`

const ORDERS_AROUND: Statement = {
  name: 'orders_around',
  text: `
select exists (${ORDER_OF_CUSTOMER} and o.occurred_at >= k.day_from and o.occurred_at < k.day_to) as same,
  (${ORDER_OF_CUSTOMER} and o.occurred_at < k.day_from order by o.occurred_at desc, o.id desc limit 1) as previous,
  (${ORDER_OF_CUSTOMER} and o.occurred_at >= k.day_to order by o.occurred_at, o.id limit 1) as next
from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality
  as k (business_id, customer_id, day_from, day_to, n)
order by k.n`,
}
