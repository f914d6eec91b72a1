// Orders and deliveries as the business looks them up: pages by time, one with its family, what was
// sent.
import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { OrderStatus } from '../../contract/pos-order.ts'
import { readBodies } from '../archive/dictionaries.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import { type EpochMs, type IsoDate, isStorableInstant } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { DeliveryResult } from './delivery-store.ts'
import { loadFamilies, type OrderRow } from './store.ts'

const HEAD = [
  'id',
  'pos_name',
  'pos_order_id',
  'reference',
  'kind',
  'status',
  'original_id',
  'parked',
  'branch_id',
  'customer_id',
  'business_date',
  'occurred_at',
  'currency',
  'total',
  'reason',
  'flags',
  'created_at',
] as const

/** An order without its snapshot. */
export type OrderHead = Pick<Selectable<Tables['orders']>, (typeof HEAD)[number]>

/** All that are given must hold. */
export interface OrderFilter {
  /** Only these orders. */
  ids?: readonly Uuid[]
  posName?: string
  branchId?: Uuid
  customerId?: Uuid
  status?: OrderStatus
  /** Only those that somebody should look at. */
  flagged?: boolean
  /** From this instant on, up to but not at `until`. */
  from?: EpochMs
  until?: EpochMs
  /** Business dates, both included. */
  fromDate?: IsoDate
  toDate?: IsoDate
}

/** Where a page ended. */
export interface OrderPosition {
  at: EpochMs
  id: Uuid
}

/** Newest first, those before `before`. */
export function listOrders(
  q: Queryable,
  businessId: Uuid,
  filter: OrderFilter,
  before: OrderPosition | null,
  limit: number,
): Promise<OrderHead[]> {
  return q.run(
    db
      .selectFrom('orders')
      .select(HEAD)
      .where('business_id', '=', businessId)
      .where((where) => where.and([...conditions(where, filter), ...(before ? [isBefore(before)] : [])]))
      .orderBy('occurred_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  )
}

/**
 * A business day and the instants of its orders are days apart at most, unless a clock is broken.
 * Without this bound a range of dates, which no index knows, would read every order.
 */
const DATE_SLACK_MS = 7 * 24 * 60 * 60 * 1000

type Where = ExpressionBuilder<Tables, 'orders'>

function conditions(where: Where, filter: OrderFilter): Expression<SqlBool>[] {
  const { ids, posName, branchId, customerId, status, flagged, from, until, fromDate, toDate } = filter
  const all: Expression<SqlBool>[] = []
  if (ids) all.push(sql<boolean>`id = any (${ids}::uuid[])`)
  if (posName !== undefined) all.push(where('pos_name', '=', posName))
  if (branchId !== undefined) all.push(where('branch_id', '=', branchId))
  if (customerId !== undefined) all.push(where('customer_id', '=', customerId))
  if (status !== undefined) all.push(where('status', '=', status))
  if (flagged) all.push(where('flags', 'is not', null))
  const since = [from, fromDate === undefined ? undefined : Date.parse(fromDate) - DATE_SLACK_MS]
  const till = [until, toDate === undefined ? undefined : Date.parse(toDate) + DATE_SLACK_MS]
  // No order is from before the first instant that can be stored.
  for (const at of since)
    if (at !== undefined && isStorableInstant(at)) all.push(sql<boolean>`occurred_at >= ${instant(at)}::timestamptz`)
  for (const at of till)
    if (at !== undefined && isStorableInstant(at)) all.push(sql<boolean>`occurred_at < ${instant(at)}::timestamptz`)
  if (fromDate !== undefined) all.push(where('business_date', '>=', fromDate))
  if (toDate !== undefined) all.push(where('business_date', '<=', toDate))
  return all
}

/** Two columns in one comparison, so that the index walks straight to the place. */
function isBefore({ at, id }: OrderPosition): Expression<SqlBool> {
  return sql<boolean>`(occurred_at, id) < (${instant(at)}::timestamptz, ${id}::uuid)`
}

/**
 * An order with its snapshot, and the returns and exchanges that name it, oldest first; null when
 * there is none.
 */
export async function findOrder(
  q: Queryable,
  businessId: Uuid,
  id: Uuid,
): Promise<{ order: OrderRow; head: OrderHead; family: OrderRow[]; returns: OrderHead[] } | null> {
  const [rows, heads] = await Promise.all([
    loadFamilies(q, [{ businessId, id }]),
    q.run(
      db
        .selectFrom('orders')
        .select(HEAD)
        .where('business_id', '=', businessId)
        .where((where) => where.or([where('id', '=', id), where('original_id', '=', id)]))
        .orderBy('occurred_at')
        .orderBy('id'),
    ),
  ])
  const order = rows.find((row) => row.id === id)
  const head = heads.find((one) => one.id === id)
  return order && head ? { order, head, family: rows, returns: heads.filter((one) => one.id !== id) } : null
}

/** Whose these orders are and ever were, and since when there can be transfers for them. */
export async function creditsOf(
  q: Queryable,
  businessId: Uuid,
  ids: readonly Uuid[],
): Promise<{ customerIds: Uuid[]; since: EpochMs }> {
  const [credits] = await q.query<{ customerIds: Uuid[]; since: EpochMs | null }>(CREDITS, [businessId, ids])
  const { customerIds, since } = must(credits, 'the one row of an aggregate')
  return { customerIds, since: (since ?? 0) - CLOCKS_APART_MS }
}

/**
 * The process that first stored an order and the one that moved something for it need not agree
 * on the time.
 */
const CLOCKS_APART_MS = 24 * 60 * 60 * 1000

const CREDITS: Statement = {
  name: 'credits_of_orders',
  text: `
select coalesce(array_agg(distinct credited.id) filter (where credited.id is not null), '{}') as "customerIds", min(o.created_at) as since
from orders o cross join lateral unnest(array_append(o.former_customers, o.customer_id)) as credited (id)
where o.business_id = $1 and o.id = any ($2::uuid[])`,
}

/**
 * The sale behind each source of movements that has one: the source itself, or the sale that bought
 * the subscription.
 */
export async function salesBehind(q: Queryable, businessId: Uuid, sources: readonly Uuid[]): Promise<Map<Uuid, Uuid>> {
  const ids = [...new Set(sources)]
  const rows = await q.query<{ source: Uuid; sale: Uuid }>(SALES_BEHIND, [businessId, ids])
  return new Map(rows.map(({ source, sale }) => [source, sale]))
}

const SALES_BEHIND: Statement = {
  name: 'sales_behind',
  text: `
select id as source, id as sale from orders where business_id = $1 and id = any ($2::uuid[])
union all
select id, order_id from subscriptions where business_id = $1 and id = any ($2::uuid[]) and order_id is not null`,
}

const ENVELOPE = [
  'id',
  'pos_name',
  'order_id',
  'event',
  'result',
  'reason',
  'error',
  'received_at',
  'replayed_at',
  'replayed_by',
] as const

/** A delivery without its body. */
export type DeliveryHead = Pick<Selectable<Tables['deliveries']>, (typeof ENVELOPE)[number]>

/** Newest first, those before `before`; of one order, or of one result. */
export function listDeliveries(
  q: Queryable,
  businessId: Uuid,
  { ids, result }: { ids?: readonly Uuid[]; result?: DeliveryResult },
  before: Uuid | null,
  limit: number,
): Promise<DeliveryHead[]> {
  let query = db.selectFrom('deliveries').select(ENVELOPE).where('business_id', '=', businessId)
  if (ids) query = query.where(sql<boolean>`id = any (${ids}::uuid[])`)
  if (result) query = query.where('result', '=', result)
  if (before) query = query.where('id', '<', before)
  return q.run(query.orderBy('id', 'desc').limit(limit))
}

/** Ids of the deliveries of an order, oldest first; null when there is no such order. */
export async function deliveriesOfOrder(q: Queryable, businessId: Uuid, orderId: Uuid): Promise<Uuid[] | null> {
  const query = db.selectFrom('orders').select(['deliveries', 'delivery_id'])
  const [row] = await q.run(query.where('business_id', '=', businessId).where('id', '=', orderId))
  return row ? (row.deliveries ?? [row.delivery_id]) : null
}

export async function findDelivery(q: Queryable, businessId: Uuid, id: Uuid): Promise<DeliveryHead | null> {
  const [row] = await listDeliveries(q, businessId, { ids: [id] }, null, 1)
  return row ?? null
}

/** What was sent, byte for byte; null when there is no such delivery. */
export async function findBody(q: Queryable, businessId: Uuid, id: Uuid): Promise<Buffer | null> {
  const query = db.selectFrom('deliveries').select(['dictionary', 'body'])
  const [row] = await q.run(query.where('business_id', '=', businessId).where('id', '=', id))
  if (!row) return null
  const [body] = await readBodies(q, [{ ...row, businessId, bytes: row.body }])
  return body ?? null
}
