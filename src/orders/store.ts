// Order families and deliveries in the database: loaded and written for a whole batch at a time.

import type { OrderFlag } from '../../contract/order-flags.ts'
import type { OrderKind, OrderStatus } from '../../contract/pos-order.ts'
import type { Packed } from '../archive/codec.ts'
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant, json, plainArray } from '../db/values.ts'
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
    added.length > 0 && tx.query(INSERT_ORDERS, orderColumns(added)),
    changed.length > 0 && tx.query(REPLACE_ORDERS, orderColumns(changed)),
  ])
}

function orderColumns(rows: readonly OrderRow[]): unknown[] {
  return [
    plainArray(rows.map((row) => row.businessId)),
    plainArray(rows.map((row) => row.id)),
    rows.map((row) => row.posName),
    rows.map((row) => row.order.pos_order_id),
    rows.map((row) => row.order.reference ?? null),
    plainArray(rows.map((row) => row.kind)),
    plainArray(rows.map((row) => row.status)),
    plainArray(rows.map((row) => row.originalId)),
    plainArray(rows.map((row) => row.parked)),
    plainArray(rows.map((row) => row.branchId)),
    plainArray(rows.map((row) => row.customerId)),
    plainArray(rows.map((row) => row.businessDate)),
    plainArray(rows.map((row) => instant(row.occurredAt))),
    plainArray(rows.map((row) => row.currency)),
    plainArray(rows.map((row): Minor => row.order.total_incl_tax)),
    plainArray(rows.map((row) => instant(row.order.version.updated_at))),
    plainArray(rows.map((row) => instant(row.order.version.timestamp))),
    plainArray(rows.map((row) => row.order.version.rank)),
    plainArray(rows.map((row) => row.deliveryId)),
    plainArray(rows.map((row) => row.terms)),
    rows.map((row) => (row.facts === null ? null : json(row.facts))),
    plainArray(rows.map((row) => row.reason)),
    // An array of arrays cannot be unnested into rows of different lengths; text can.
    rows.map(({ deliveries, deliveryId }) =>
      deliveries.length === 1 && deliveries[0] === deliveryId ? null : `{${deliveries.join(',')}}`,
    ),
    plainArray(rows.map((row) => row.ownSnapshot?.dictionary ?? null)),
    plainArray(rows.map((row) => row.ownSnapshot?.bytes.toString('base64') ?? null)),
    plainArray(rows.map((row) => instant(row.createdAt))),
    rows.map((row) => (row.flags === null ? null : `{${row.flags}}`)),
    rows.map((row) => (row.formerCustomers === null ? null : `{${row.formerCustomers}}`)),
    rows.map((row) => (row.clock === null ? null : json(row.clock))),
    rows.map((row) => (row.ceiling === null ? null : json(row.ceiling))),
  ]
}

const INSERT_ORDER_ROWS = `
insert into orders (business_id, id, pos_name, pos_order_id, reference, kind, status, original_id, parked, branch_id,
  customer_id, business_date, occurred_at, currency, total, version_updated_at, version_timestamp, version_rank, delivery_id,
  terms, facts, reason, deliveries, dictionary, snapshot, created_at, flags, former_customers, clock, ceiling)
select business_id, id, pos_name, pos_order_id, reference, kind, status, original_id, parked, branch_id, customer_id,
  business_date, occurred_at, currency, total, version_updated_at, version_timestamp, version_rank, delivery_id, terms, facts,
  reason, deliveries::uuid[], dictionary, decode(snapshot, 'base64'), created_at, flags::text[],
  former_customers::uuid[], clock, ceiling
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::boolean[],
  $10::uuid[], $11::uuid[], $12::date[], $13::timestamptz[], $14::text[], $15::bigint[], $16::timestamptz[],
  $17::timestamptz[], $18::smallint[], $19::uuid[], $20::integer[], $21::jsonb[], $22::text[], $23::text[], $24::smallint[],
  $25::text[], $26::timestamptz[], $27::text[], $28::text[], $29::jsonb[], $30::jsonb[])
  as r (business_id, id, pos_name, pos_order_id, reference, kind, status, original_id, parked, branch_id, customer_id,
  business_date, occurred_at, currency, total, version_updated_at, version_timestamp, version_rank, delivery_id, terms, facts,
  reason, deliveries, dictionary, snapshot, created_at, flags, former_customers, clock, ceiling)`

/** Under the lock, an order that was not found does not exist. */
const INSERT_ORDERS: Statement = { name: 'insert_orders', text: INSERT_ORDER_ROWS }

const REPLACE_ORDERS: Statement = {
  name: 'replace_orders',
  text: `${INSERT_ORDER_ROWS}
on conflict (business_id, id) do update set reference = excluded.reference, kind = excluded.kind, status = excluded.status,
  original_id = excluded.original_id, parked = excluded.parked, branch_id = excluded.branch_id,
  customer_id = excluded.customer_id, business_date = excluded.business_date, occurred_at = excluded.occurred_at,
  currency = excluded.currency, total = excluded.total, version_updated_at = excluded.version_updated_at,
  version_timestamp = excluded.version_timestamp, version_rank = excluded.version_rank, delivery_id = excluded.delivery_id,
  terms = excluded.terms, facts = excluded.facts, reason = excluded.reason, deliveries = excluded.deliveries,
  dictionary = excluded.dictionary, snapshot = excluded.snapshot, flags = excluded.flags,
  former_customers = excluded.former_customers, clock = excluded.clock, ceiling = excluded.ceiling`,
}
