// Verifies sliding expiry: derives it for every lot from the times of the customer's orders, and
// finds units that expired too early.
import type { Queryable, Statement } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { customerRanges, type Difference } from '../ledger/verify.ts'
import { slidingExpiry } from '../programs/expiry.ts'
import { STANDS, slidingOf } from '../programs/sliding.ts'
import type { BusinessPrograms } from '../programs/store.ts'

/**
 * Verifies lots with remaining or expired units. An empty lot is updated only when units return to
 * it.
 */
export async function* verifySliding(q: Queryable, programs: BusinessPrograms): AsyncGenerator<Difference> {
  if (!slidingOf(programs)) return
  const { businessId, business } = programs
  for await (const { after, upTo } of customerRanges(q, businessId, 1000)) {
    const lots = await q.query<SlidingLot>(SLIDING_LOTS, [businessId, after, upTo])
    if (lots.length === 0) continue
    const sales = await q.query<{ customerId: Uuid; at: EpochMs }>(SALE_DAYS, [
      businessId,
      after,
      upTo,
      business.timezone,
    ])
    const timesOf = Map.groupBy(sales, (sale) => sale.customerId)
    for (const [customerId, own] of Map.groupBy(lots, (lot) => lot.customerId)) {
      const times = (timesOf.get(customerId) ?? []).map((sale) => sale.at)
      yield* differencesOf(own, times, business.timezone)
    }
  }
}

interface SlidingLot {
  customerId: Uuid
  programId: Uuid
  id: Uuid
  occurredAt: EpochMs
  expiresAt: EpochMs
  slidingDays: number
  expired: number
  /** The last time that a transfer of the customer was written, or the current time if later. */
  now: EpochMs
}

function* differencesOf(lots: readonly SlidingLot[], times: readonly EpochMs[], zone: string): Generator<Difference> {
  const chains = new Map<number, EpochMs[]>()
  for (const lot of lots) {
    const { slidingDays: days, occurredAt, expiresAt, expired } = lot
    const ends = chains.get(days) ?? chainEnds(times, days, zone)
    chains.set(days, ends)
    const alone = slidingExpiry(occurredAt, days, zone)
    const next = firstAfter(times, occurredAt)
    const derived = (times[next] ?? alone) < alone ? Math.max(alone, ends[next] ?? 0) : alone
    const id = `${lot.customerId}/${lot.programId}/${lot.id}`
    if (derived !== expiresAt) yield { what: 'lot.expires_at', id, stored: expiresAt, derived }
    else if (expired > 0 && derived > lot.now) yield { what: 'lot.expired', id, stored: expired, derived: 0 }
  }
}

/** The index of the first of the ascending times that is later than `at`. */
function firstAfter(times: readonly EpochMs[], at: EpochMs): number {
  let [from, to] = [0, times.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((times[middle] ?? 0) > at) to = middle
    else from = middle + 1
  }
  return from
}

/** For each of the ascending orders: the expiry of the units that it extends, given the later orders. */
function chainEnds(times: readonly EpochMs[], days: number, zone: string): EpochMs[] {
  const ends: EpochMs[] = []
  for (let index = times.length - 1; index >= 0; index--) {
    const own = slidingExpiry(times[index] ?? 0, days, zone)
    const next = times[index + 1]
    ends[index] = next !== undefined && next < own ? Math.max(own, ends[index + 1] ?? 0) : own
  }
  return ends
}

const SLIDING_LOTS: Statement = {
  name: 'verify_sliding_lots',
  text: `
select l.customer_id as "customerId", l.program_id as "programId", l.id, l.occurred_at as "occurredAt", l.expires_at as "expiresAt",
  l.sliding_days as "slidingDays", l.expired, case when l.expired = 0 then now() else greatest(now(), (
    select max(t.created_at) from transfers t where t.business_id = l.business_id and t.customer_id = l.customer_id)) end as now
from lots l
where l.business_id = $1 and l.customer_id > $2 and l.customer_id <= $3 and l.sliding_days is not null
  and (l.remaining > 0 or l.expired > 0)
  -- The lots of an erased customer ended with the erasure.
  and not exists (select from erasures e where e.business_id = $1 and e.customer_id = l.customer_id)`,
}

/** The last order of each day. */
const SALE_DAYS: Statement = {
  name: 'verify_sale_days',
  text: `
select o.customer_id as "customerId", max(o.occurred_at) as at
from orders o
where o.business_id = $1 and o.customer_id > $2 and o.customer_id <= $3 and ${STANDS}
group by o.customer_id, (o.occurred_at at time zone $4)::date
order by o.customer_id, at`,
}
