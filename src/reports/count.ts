// Counts events: brings the sums of a business from its reader's position up to the newest event.
import type { Database, Queryable, Statement, Transaction } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import { advanceReader, readEvents } from '../events/readers.ts'
import { must } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { unitSums } from './contributions.ts'
import { countClaims } from './count-claims.ts'
import { countCustomers } from './count-customers.ts'
import { countOrders } from './count-orders.ts'
import { type Concerned, type CountedMovement, concernedBy } from './pending.ts'
import { lockReportState, reportReader } from './state.ts'
import { Changes, DAILY_UNITS } from './sums.ts'

/** `busy`: another transaction counts. `unbuilt`: there is nothing to add to. */
export type CountOutcome =
  | { kind: 'busy' }
  | { kind: 'unbuilt' }
  | { kind: 'counted'; events: number; isComplete: boolean }

/**
 * Counts up to `limit` events in one transaction with the position of the reader, so each is
 * counted once. What orders, claims and customers contribute is compared with what was counted of
 * them before: only the difference is added, so the order of events does not matter.
 */
export function countEvents(
  db: Database,
  businessId: Uuid,
  { clock, limit }: { clock: Clock; limit: number },
): Promise<CountOutcome> {
  return db.transaction(async (tx): Promise<CountOutcome> => {
    const now = clock.now()
    const state = await lockReportState(tx, businessId, false)
    if (!state) return { kind: 'busy' }
    if (!state.isBuilt) return { kind: 'unbuilt' }
    const events = await readEvents(tx, reportReader(businessId), limit)
    const last = events.at(-1)
    const isComplete = events.length < limit
    if (last) {
      const concerned = concernedBy(events)
      await countMovements(tx, state, concerned.movements)
      const orders = await ordersConcerned(tx, businessId, concerned)
      const touched = await countOrders(tx, state, orders)
      await countClaims(tx, state, concerned.claims, orders)
      await countCustomers(tx, state, concerned.customers, touched)
      await advanceReader(tx, reportReader(businessId), last.seq)
    }
    await tx.query(COUNTED, [businessId, instant(isComplete ? now : must(last, 'an event').at)])
    return { kind: 'counted', events: events.length, isComplete }
  })
}

const COUNTED: Statement = {
  name: 'reports_counted',
  text: `
update report_states set counted_at = greatest(counted_at, $2::timestamptz) where business_id = $1`,
}

async function countMovements(
  tx: Transaction,
  { businessId, timezone }: { businessId: Uuid; timezone: string },
  movements: readonly CountedMovement[],
): Promise<void> {
  const changes = new Changes(DAILY_UNITS)
  for (const { day, programId, ...sums } of await sumMovements(tx, timezone, movements)) {
    changes.add([day, programId], sums)
  }
  await changes.write(tx, businessId)
}

type UnitSums = { day: string; programId: Uuid } & Record<string, number>

/** The day of a movement is found by the database, as when the sums are built. */
export async function sumMovements(
  q: Queryable,
  timezone: string,
  movements: readonly CountedMovement[],
): Promise<UnitSums[]> {
  if (movements.length === 0) return []
  return q.query<UnitSums>(SUM_MOVEMENTS, [
    plainArray(movements.map((one) => instant(one.occurredAt))),
    timezone,
    movements.map((one) => one.programId),
    movements.map((one) => one.kind),
    movements.map((one) => one.debit),
    movements.map((one) => one.credit),
    movements.map((one) => one.units),
  ])
}

const SUM_MOVEMENTS: Statement = {
  name: 'sum_movements',
  text: `
select s.day, s.program_id as "programId", ${DAILY_UNITS.sums.map((sum) => `s.${sum}`).join(', ')}
from (${unitSums(`unnest($1::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[])
  as m (occurred_at, program_id, kind, debit, credit, units) where true`)}) as s (day, program_id, ${DAILY_UNITS.sums.join(', ')})`,
}

/**
 * The orders that the events name, those whose earnings they changed, those of customers who were
 * merged, and the families of all: a return follows the customer of its sale.
 */
export async function ordersConcerned(
  q: Queryable,
  businessId: Uuid,
  { orders, earnings, moved }: Concerned,
): Promise<Uuid[]> {
  const rows = await q.query<{ id: Uuid }>(FAMILIES, [
    businessId,
    [...orders],
    earnings.map(({ customerId }) => customerId),
    earnings.map(({ id }) => id),
    [...moved],
  ])
  return rows.map(({ id }) => id)
}

const FAMILIES: Statement = {
  name: 'report_families',
  text: `
with named as materialized (
  select unnest($2::uuid[]) as id
  union select t.source_id from unnest($3::uuid[], $4::uuid[]) as k (customer_id, id)
    join transfers t on t.business_id = $1 and t.customer_id = k.customer_id and t.id = k.id
  union select o.id from counted_orders o where o.business_id = $1 and o.customer_id = any ($5::uuid[])
)
select id from named
union select o.original_id from named join orders o on o.business_id = $1 and o.id = named.id where o.original_id is not null
union select r.id from named join orders r on r.business_id = $1 and r.original_id = named.id`,
}
