// Erases the customer from stored orders: marks the orders, and replaces their snapshots.
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { withoutCustomer } from './erased.ts'
import { packSnapshot } from './snapshots.ts'
import type { OrderRow } from './store.ts'

/**
 * Marks every order of the customer; returns their number. What was posted for each by now is
 * stored with it, because no later assessment could derive it. `ids`: the customer and those who
 * were merged into them, whose movements are theirs.
 */
export async function markErased(
  tx: Transaction,
  lock: BusinessLock,
  { businessId, customerId, ids }: { businessId: Uuid; customerId: Uuid; ids: readonly Uuid[] },
): Promise<number> {
  assertLocked(lock, businessId)
  return (await tx.query(MARK_ERASED, [businessId, customerId, ids])).length
}

const MARK_ERASED: Statement = {
  name: 'mark_orders_erased',
  text: `
with posted as (
  select source_id, program_id, sum(case kind when 'reverse' then -units else units end)::bigint as units
  from transfers
  where business_id = $1 and customer_id = any ($3::uuid[]) and kind in ('earn', 'grant', 'reverse')
  group by 1, 2
), by_order as (
  select source_id, jsonb_object_agg(program_id, units) as units from posted where units <> 0 group by 1
)
update orders o
set facts = (coalesce(o.facts, '{}') - '{waiting,birthDate}'::text[]) || jsonb_build_object('erased', coalesce(own.units, '{}')),
  flags = nullif(array_remove(o.flags, 'above_ceiling'), '{}')
from (
  select m.id, b.units from orders m left join by_order b on b.source_id = m.id
  where m.business_id = $1 and m.customer_id = $2
) as own
where o.business_id = $1 and o.id = own.id
returning o.id`,
}

/** The orders of a customer in the order of their ids, those after `after`. */
export async function ordersOfCustomer(
  q: Queryable,
  { businessId, customerId, after, limit }: { businessId: Uuid; customerId: Uuid; after: Uuid | null; limit: number },
): Promise<Uuid[]> {
  const rows = await q.query<{ id: Uuid }>(ORDERS_OF_CUSTOMER, [businessId, customerId, after, limit])
  return rows.map((row) => row.id)
}

const ORDERS_OF_CUSTOMER: Statement = {
  name: 'orders_of_erased_customer',
  text: `
select id from orders
where business_id = $1 and customer_id = $2 and ($3::uuid is null or id > $3)
order by id limit $4`,
}

/**
 * Replaces the snapshots of these orders by their own without the customer, and marks those that are
 * not marked: returns, which belong to no customer. `reference`: null where it is personal.
 */
export async function eraseSnapshots(
  tx: Transaction,
  lock: BusinessLock,
  rows: readonly OrderRow[],
  isPersonal: (text: string) => boolean,
): Promise<void> {
  for (const { businessId } of rows) assertLocked(lock, businessId)
  if (rows.length === 0) return
  const orders = rows.map(({ order: { reference, ...order } }) => {
    const kept = reference === undefined || isPersonal(reference) ? {} : { reference }
    return withoutCustomer({ ...order, ...kept })
  })
  const packed = orders.map(packSnapshot)
  await tx.query(ERASE_SNAPSHOTS, [
    rows.map((row) => row.businessId),
    rows.map((row) => row.id),
    packed.map((one) => one.dictionary),
    packed.map((one) => one.bytes),
    orders.map((order) => order.reference ?? null),
  ])
}

const ERASE_SNAPSHOTS: Statement = {
  name: 'erase_snapshots',
  text: `
update orders o set dictionary = k.dictionary, snapshot = k.snapshot, reference = k.reference,
  facts = case when o.facts ? 'erased' then o.facts else coalesce(o.facts, '{}') || '{"erased": {}}' end
from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bytea[], $5::text[]) as k (business_id, id, dictionary, snapshot, reference)
where o.business_id = k.business_id and o.id = k.id`,
}

/** Those of these orders whose customers were erased. */
export async function erasedAmong(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<Set<Uuid>> {
  if (ids.length === 0) return new Set()
  const rows = await q.query<{ id: Uuid }>(ERASED_AMONG, [businessId, ids])
  return new Set(rows.map((row) => row.id))
}

const ERASED_AMONG: Statement = {
  name: 'erased_among',
  text: `select id from orders where business_id = $1 and id = any ($2::uuid[]) and facts ? 'erased'`,
}
