// Sliding expiry: how far the orders of a customer extend it. Depends only on the times of the
// orders that stand.
import type { Queryable, Statement } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { LoadedLots } from '../ledger/lots.ts'
import { slidingExpiry } from './expiry.ts'
import type { BusinessPrograms } from './store.ts'

/**
 * The programs of a business, past and present, with sliding expiry, and the days of their
 * versions.
 */
export interface Sliding {
  readonly programIds: ReadonlySet<Uuid>
  readonly windows: readonly number[]
}

/** Null when no program has sliding expiry, so that nothing is loaded for it. */
export function slidingOf(programs: BusinessPrograms): Sliding | null {
  const known = CACHE.get(programs)
  if (known !== undefined) return known
  const versions = programs.terms
    .flatMap(({ members }) => members)
    .flatMap(({ programId, definition }) =>
      'expiry' in definition && definition.expiry.kind === 'sliding'
        ? [{ programId, days: definition.expiry.days }]
        : [],
    )
  const sliding =
    versions.length === 0
      ? null
      : {
          programIds: new Set(versions.map((one) => one.programId)),
          windows: [...new Set(versions.map((one) => one.days))],
        }
  CACHE.set(programs, sliding)
  return sliding
}

const CACHE = new WeakMap<BusinessPrograms, Sliding | null>()

/** The start of a chain: an order, or anything else that made a lot. */
export interface ChainStart {
  readonly businessId: Uuid
  readonly customerId: Uuid
  readonly at: EpochMs
  /** The next order of the chain is at most this many days after the one before. */
  readonly days: number
  /** IANA zone of the business: days are local days. */
  readonly zone: string
}

/** The orders that a transaction is about to change, which are not in the table yet. */
export interface OrderChanges {
  /** Sales whose rows are outdated. */
  readonly saleIds: readonly Uuid[]
  /** Those of them that stand, with their customers. */
  readonly standing: readonly { readonly customerId: Uuid; readonly at: EpochMs }[]
}

/**
 * For each start, the time of the last order in its chain, or its own time when no order follows
 * within the window. Each step goes to the latest order within the window, so the cost depends on
 * the length of the chain in windows, not on the number of orders.
 */
export async function lastInChain(
  q: Queryable,
  starts: readonly ChainStart[],
  { saleIds, standing }: OrderChanges = { saleIds: [], standing: [] },
): Promise<EpochMs[]> {
  if (starts.length === 0) return []
  const rows = await q.query<{ last: EpochMs }>(LAST_IN_CHAIN, [
    plainArray(starts.map((start) => start.businessId)),
    plainArray(starts.map((start) => start.customerId)),
    plainArray(starts.map((start) => instant(start.at))),
    plainArray(starts.map((start) => start.days)),
    starts.map((start) => start.zone),
    saleIds,
    plainArray(standing.map((sale) => sale.customerId)),
    plainArray(standing.map((sale) => instant(sale.at))),
  ])
  return rows.map((row) => row.last)
}

/**
 * A condition on `orders o`: a sale that was paid and not returned as a whole, whatever it cost.
 */
export const STANDS = `o.kind = 'sale' and o.status = 'paid' and o.reason is distinct from 'returned'`

// The bound on the instant lets the index limit the rows; the comparison of dates decides.
const LAST_IN_CHAIN: Statement = {
  name: 'last_in_chain',
  text: `
with recursive k as (
  select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::integer[], $5::text[]) with ordinality
    as k (business_id, customer_id, at, days, zone, n)
),
fresh as (select * from unnest($7::uuid[], $8::timestamptz[]) as f (customer_id, at)),
chain (n, business_id, customer_id, at, days, zone) as (
  select n, business_id, customer_id, at, days, zone from k
  union all
  select c.n, c.business_id, c.customer_id, step.at, c.days, c.zone
  from chain c
  cross join lateral (select (c.at at time zone c.zone)::date + c.days as last_day) w
  cross join lateral (
    select s.at from (
      (select o.occurred_at as at from orders o
       where o.business_id = c.business_id and o.customer_id = c.customer_id and ${STANDS} and o.id <> all ($6::uuid[])
         and o.occurred_at > c.at and o.occurred_at < (w.last_day + 1)::timestamp at time zone c.zone + interval '2 hours'
         and (o.occurred_at at time zone c.zone)::date <= w.last_day
       order by o.occurred_at desc, o.id desc limit 1)
      union all
      (select f.at from fresh f
       where f.customer_id = c.customer_id and f.at > c.at and (f.at at time zone c.zone)::date <= w.last_day
       order by f.at desc limit 1)
    ) s order by s.at desc limit 1
  ) step
)
select max(at) as last from chain group by n order by n`,
}

/**
 * Updates the expiry of empty lots that may get units back. The expiry of an empty lot is not
 * updated when orders arrive; all other lots are up to date.
 */
export async function freshLots(
  q: Queryable,
  loaded: LoadedLots,
  zoneOf: (businessId: Uuid) => string,
): Promise<LoadedLots> {
  const idle = loaded.lots.filter((lot) => lot.slidingDays !== null && lot.remaining === 0 && lot.expired === 0)
  if (idle.length === 0) return loaded
  const starts = idle.map(({ businessId, customerId, occurredAt, slidingDays }) => {
    return { businessId, customerId, at: occurredAt, days: slidingDays ?? 0, zone: zoneOf(businessId) }
  })
  const last = await lastInChain(q, starts)
  const fresh = new Map(
    idle.map((lot, index) => {
      const { at, days, zone } = starts[index] as ChainStart
      return [lot, slidingExpiry(last[index] ?? at, days, zone)]
    }),
  )
  return { ...loaded, lots: loaded.lots.map((lot) => ({ ...lot, expiresAt: fresh.get(lot) ?? lot.expiresAt })) }
}
