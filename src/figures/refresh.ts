// Keeps `customer_figures`: what the orders of each customer come to. A reader of events names the
// customers whose orders changed; their rows are derived from `orders` again.
import type { Database, Queryable, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { advanceReader, type Reader, readEvents, registerReader } from '../events/readers.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { RETURN, SUMS, VISIT } from './sums.ts'
import { customersTouchedBy } from './touched.ts'

/**
 * Brings the figures of a business up to date. The first call builds them from all orders and
 * registers the reader; a business for which nobody asks has neither, so its orders record no
 * events. Later calls read at most `MOST_EVENTS` events. Returns whether everything was read.
 */
export async function refreshFigures(db: Database, businessId: Uuid, now: EpochMs): Promise<boolean> {
  const [state] = await db.query<State>(STATE, [businessId])
  if (!state?.isBuilt) {
    await build(db, businessId, now)
    return true
  }
  if (state.position === null || state.position >= state.lastEvent) return true
  for (let rounds = MOST_EVENTS / EVENTS; rounds > 0; rounds--) {
    if ((await db.transaction((tx) => readOn(tx, businessId))) < EVENTS) return true
  }
  return false
}

/** Whether business `b` has orders that its figures do not count yet. */
export const HAS_OLD_FIGURES = `exists (
  select from event_readers r join business_locks l on l.business_id = r.business_id
  where r.business_id = b.id and r.reader = 'customer_figures' and r.position < l.last_event)`

/** Derives the figures of every customer again. */
export async function rebuildFigures(db: Database, businessId: Uuid, now: EpochMs): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0')
    await tx.query(BUILD, [businessId])
    await tx.query(MARK_BUILT, [businessId, instant(now)])
  })
  // Without statistics, the first lists of a large business would be planned as for an empty table.
  await db.query('analyze customer_figures')
}

const READER = 'customer_figures'

/** Read in one transaction. */
const EVENTS = 1_000
const MOST_EVENTS = 10_000

interface State {
  isBuilt: boolean
  /** Null without a reader. */
  position: number | null
  lastEvent: number
}

const STATE: Statement = {
  name: 'figures_state',
  text: `
select exists (select from customer_figures_built where business_id = $1) as "isBuilt", l.last_event as "lastEvent",
  (select position from event_readers where business_id = $1 and reader = '${READER}') as position
from business_locks l where l.business_id = $1`,
}

/**
 * The reader is registered first, in a transaction of its own: what is committed after it has an
 * event, and what was committed before it is seen by the statement that builds. So no lock is held
 * while a large business is read.
 */
async function build(db: Database, businessId: Uuid, now: EpochMs): Promise<void> {
  await db.transaction((tx) => registerReader(tx, { businessId, reader: READER }))
  await rebuildFigures(db, businessId, now)
}

/** Reads a page of events and derives the figures of their customers. Returns how many it read. */
async function readOn(tx: Transaction, businessId: Uuid): Promise<number> {
  const reader: Reader = { businessId, reader: READER }
  // Two that read at once would derive the same rows.
  await tx.query('select from event_readers where business_id = $1 and reader = $2 for update', [businessId, READER])
  const events = await readEvents(tx, reader, EVENTS)
  const last = events.at(-1)
  if (!last) return 0
  const { customers, orders } = customersTouchedBy(events)
  const ids = [...customers, ...(await customersOf(tx, businessId, orders))]
  if (ids.length > 0) await tx.query(DERIVE, [businessId, [...new Set(ids)]])
  await advanceReader(tx, reader, last.seq)
  return events.length
}

/** Who the orders, and the sales that they give back from, belong to now and did before. */
async function customersOf(q: Queryable, businessId: Uuid, orders: readonly Uuid[]): Promise<Uuid[]> {
  if (orders.length === 0) return []
  const rows = await q.query<{ id: Uuid }>(OWNERS, [businessId, orders])
  return rows.map(({ id }) => id)
}

const OWNERS: Statement = {
  name: 'figures_owners',
  text: `
select distinct owner.id
from orders o
left join orders s on s.business_id = o.business_id and s.id = o.original_id
cross join lateral unnest(array[o.customer_id, s.customer_id] || o.former_customers || s.former_customers) as owner (id)
where o.business_id = $1 and o.id = any ($2::uuid[]) and owner.id is not null`,
}

const COLUMNS = 'business_id, customer_id, visits, spend, first_visit_at, last_visit_at, branches'

const REPLACE = `
on conflict (business_id, customer_id) do update set
  visits = excluded.visits, spend = excluded.spend, first_visit_at = excluded.first_visit_at,
  last_visit_at = excluded.last_visit_at, branches = excluded.branches
where (t.visits, t.spend, t.first_visit_at, t.last_visit_at, t.branches) is distinct from
  (excluded.visits, excluded.spend, excluded.first_visit_at, excluded.last_visit_at, excluded.branches)`

/** A customer without visits has a row too, so that lists by figures hold every customer. */
const DERIVE: Statement = {
  name: 'figures_derive',
  text: `
insert into customer_figures as t (${COLUMNS})
select c.business_id, c.id, v.visits, v.spend, v.first_visit_at, v.last_visit_at, v.branches
from customers c
cross join lateral (
  select ${SUMS}
  from orders o
  left join lateral (
    select sum(r.total) as total from orders r
    where r.business_id = o.business_id and r.original_id = o.id and ${RETURN}
  ) back on true
  where o.business_id = c.business_id and o.customer_id = c.id and ${VISIT}
) v
where c.business_id = $1 and c.id = any ($2::uuid[])
order by c.id
${REPLACE}`,
}

/** As DERIVE, of all customers in one pass over the orders. */
const BUILD = `
insert into customer_figures as t (${COLUMNS})
select c.business_id, c.id, coalesce(v.visits, 0), coalesce(v.spend, 0), v.first_visit_at, v.last_visit_at,
  coalesce(v.branches, '{}')
from customers c
left join (
  select o.customer_id, ${SUMS}
  from orders o
  left join (
    select r.original_id, sum(r.total) as total from orders r
    where r.business_id = $1 and r.original_id is not null and ${RETURN}
    group by r.original_id
  ) back on back.original_id = o.id
  where o.business_id = $1 and o.customer_id is not null and ${VISIT}
  group by o.customer_id
) v on v.customer_id = c.id
where c.business_id = $1
order by c.id
${REPLACE}`

const MARK_BUILT = `
insert into customer_figures_built (business_id, built_at) values ($1, $2::timestamptz)
on conflict (business_id) do update set built_at = excluded.built_at`
