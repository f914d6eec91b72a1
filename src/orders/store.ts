// Order families and deliveries in the database: loaded and written for a whole batch at a time.

import type { OrderFlag } from '../../contract/order-flags.ts'
import type { OrderKind, OrderStatus } from '../../contract/pos-order.ts'
import type { Packed } from '../archive/codec.ts'
import { bulk, bytes, jsonColumn, list, plain, text, timestamp } from '../db/bulk.ts'
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { plainArray } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Minor } from '../kernel/money.ts'
import type { OrderCeiling } from './ceiling.ts'
import type { KnownOrder } from './family.ts'
import type { OrderClock } from './order-clock.ts'
import type { SaleFacts } from './sale-facts.ts'
import { packedIn, readSnapshots, type SnapshotSource } from './snapshots.ts'

/** A row of `orders`, its snapshot unpacked. */
export interface OrderRow extends KnownOrder {
  businessId: Uuid
  /** The snapshot in the row itself; null when it is in the archive record of `deliveryId`. */
  ownSnapshot: Packed | null
  posName: string
  parked: boolean
  branchId: Uuid | null
  customerId: Uuid | null
  /** To whom it was credited before, if to others. Their transfers still name it. */
  formerCustomers: readonly Uuid[] | null
  currency: string
  terms: number | null
  facts: SaleFacts | null
  reason: string | null
  /** What staff should review; null when there is nothing. */
  flags: OrderFlag[] | null
  /** Clocks that differ, and what staff decided above the ceilings; null where there is nothing. */
  clock: OrderClock | null
  ceiling: OrderCeiling | null
  deliveries: Uuid[]
  createdAt: EpochMs
}

/** `rows` with those that changed. */
export function withRows(rows: ReadonlyMap<Uuid, OrderRow>, changed: readonly OrderRow[]): ReadonlyMap<Uuid, OrderRow> {
  return changed.length === 0 ? rows : new Map([...rows, ...changed.map((row) => [row.id, row] as const)])
}

/** The orders with these ids, and every return or exchange that gives back from them. */
export async function loadFamilies(
  tx: Queryable,
  keys: readonly { businessId: Uuid; id: Uuid }[],
  source?: SnapshotSource,
): Promise<OrderRow[]> {
  const rows = await tx.query<StoredOrder>(LOAD_FAMILIES, [
    plainArray(keys.map((key) => key.businessId)),
    plainArray(keys.map((key) => key.id)),
  ])
  const orders = await readSnapshots(tx, rows, source)
  return rows.map(({ dictionary, snapshot, ...row }, index) => ({
    ...row,
    order: must(orders[index], 'an order'),
    ownSnapshot: packedIn({ dictionary, snapshot }),
  }))
}

const ORDER_COLUMNS = `
  o.business_id as "businessId", o.id, o.pos_name as "posName", o.kind, o.status, o.original_id as "originalId", o.parked,
  o.branch_id as "branchId", o.customer_id as "customerId", o.former_customers as "formerCustomers", o.occurred_at as "occurredAt",
  o.business_date as "businessDate",
  o.currency, o.terms, o.facts, o.reason, o.flags, o.clock, o.ceiling, o.delivery_id as "deliveryId", coalesce(o.deliveries, array[o.delivery_id]) as deliveries,
  o.dictionary, o.snapshot, o.created_at as "createdAt"`

/**
 * Each key is looked up separately (`offset 0`): a plan that was made while the table was small
 * would always scan it.
 */
const LOAD_FAMILIES: Statement = {
  name: 'load_families',
  text: `
with k as (select distinct * from unnest($1::uuid[], $2::uuid[]) as k (business_id, id))
select ${ORDER_COLUMNS}
from k cross join lateral (select * from orders s where s.business_id = k.business_id and s.id = k.id offset 0) o
union all
select ${ORDER_COLUMNS}
from k cross join lateral (select * from orders r where r.business_id = k.business_id and r.original_id = k.id offset 0) o
where not exists (select from k as seen where seen.business_id = o.business_id and seen.id = o.id)`,
}

interface StoredOrder {
  businessId: Uuid
  id: Uuid
  posName: string
  kind: OrderKind
  status: OrderStatus
  originalId: Uuid | null
  parked: boolean
  branchId: Uuid | null
  customerId: Uuid | null
  formerCustomers: Uuid[] | null
  occurredAt: EpochMs
  businessDate: IsoDate
  currency: string
  terms: number | null
  facts: SaleFacts | null
  reason: string | null
  flags: OrderFlag[] | null
  clock: OrderClock | null
  ceiling: OrderCeiling | null
  deliveryId: Uuid
  deliveries: Uuid[]
  dictionary: number | null
  snapshot: Buffer | null
  createdAt: EpochMs
}

/** Inserts order rows; those that are not `fresh` replace the row that is there. */
export async function writeOrders(
  tx: Transaction,
  lock: BusinessLock,
  rows: readonly OrderRow[],
  fresh: ReadonlySet<Uuid>,
): Promise<void> {
  for (const { businessId } of rows) assertLocked(lock, businessId)
  const [added, changed] = [rows.filter((row) => fresh.has(row.id)), rows.filter((row) => !fresh.has(row.id))]
  await Promise.all([
    added.length > 0 && tx.query(INSERT_ORDERS, ORDERS.parameters(added)),
    changed.length > 0 && tx.query(REPLACE_ORDERS, ORDERS.parameters(changed)),
  ])
}

const ORDERS = bulk<OrderRow>('orders', {
  business_id: plain('uuid', (row) => row.businessId),
  id: plain('uuid', (row) => row.id),
  pos_name: text((row) => row.posName),
  pos_order_id: text((row) => row.order.pos_order_id),
  reference: text((row) => row.order.reference ?? null),
  kind: plain('text', (row) => row.kind),
  status: plain('text', (row) => row.status),
  original_id: plain('uuid', (row) => row.originalId),
  parked: plain('boolean', (row) => row.parked),
  branch_id: plain('uuid', (row) => row.branchId),
  customer_id: plain('uuid', (row) => row.customerId),
  business_date: plain('date', (row) => row.businessDate),
  occurred_at: timestamp((row) => row.occurredAt),
  currency: plain('text', (row) => row.currency),
  total: plain('bigint', (row): Minor => row.order.total_incl_tax),
  version_updated_at: timestamp((row) => row.order.version.updated_at),
  version_timestamp: timestamp((row) => row.order.version.timestamp),
  version_rank: plain('smallint', (row) => row.order.version.rank),
  delivery_id: plain('uuid', (row) => row.deliveryId),
  terms: plain('integer', (row) => row.terms),
  facts: jsonColumn('jsonb', (row) => row.facts),
  reason: plain('text', (row) => row.reason),
  deliveries: list('uuid', ({ deliveries, deliveryId }) =>
    deliveries.length === 1 && deliveries[0] === deliveryId ? null : deliveries,
  ),
  dictionary: plain('smallint', (row) => row.ownSnapshot?.dictionary ?? null),
  snapshot: bytes((row) => row.ownSnapshot?.bytes ?? null),
  created_at: timestamp((row) => row.createdAt),
  flags: list('text', (row) => row.flags),
  former_customers: list('uuid', (row) => row.formerCustomers),
  clock: jsonColumn('jsonb', (row) => row.clock),
  ceiling: jsonColumn('jsonb', (row) => row.ceiling),
})

/** Under the lock, an order that was not found does not exist. */
const INSERT_ORDERS: Statement = { name: 'insert_orders', text: ORDERS.insert }

const REPLACE_ORDERS: Statement = {
  name: 'replace_orders',
  text: ORDERS.upsert(['business_id', 'id'], ['pos_name', 'pos_order_id', 'created_at']),
}
