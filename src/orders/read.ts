// Orders as the business looks them up: pages by time and filters, one with its family.
import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { OrderStatus } from '../../contract/pos-order.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import { type EpochMs, type IsoDate, isStorableInstant } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
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
  /** Only orders of these branches. */
  branchIds?: readonly Uuid[]
  /** The number that staff see. */
  reference?: string
  hasCustomer?: boolean
  /** A sale that earned something, or one that has a reason why not. */
  earned?: boolean
  /** Why it earned nothing. */
  reason?: string
  /** Totals in minor units, both included. */
  minTotal?: number
  maxTotal?: number
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

export interface OrderScan {
  rows: OrderHead[]
  /** Where the next page begins; null when there is none. */
  next: OrderPosition | null
}

/** The maximum number of orders that a page scans for filters without an index. */
export const MOST_SCANNED = 20_000

/**
 * As listOrders, for any filter: a page ends after `limit` orders, or after `MOST_SCANNED` scanned
 * orders, so its work is bounded even if matches are rare.
 */
export async function scanOrders(
  q: Queryable,
  businessId: Uuid,
  filter: OrderFilter,
  before: OrderPosition | null,
  limit: number,
): Promise<OrderScan> {
  const { indexed, other } = splitFilter(filter)
  if (Object.keys(other).length === 0) {
    const rows = await listOrders(q, businessId, indexed, before, limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return { rows: rows.slice(0, limit), next: last ? { at: last.occurred_at, id: last.id } : null }
  }
  const scanned = db
    .selectFrom('orders')
    .select(HEAD)
    .where('business_id', '=', businessId)
    .where((where) => where.and([...conditions(where, indexed), ...(before ? [isBefore(before)] : [])]))
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_SCANNED)
  const rows = await q.run(
    db
      .selectFrom(scanned.as('orders'))
      .selectAll()
      .where((where) => where.and(conditions(where as unknown as Where, other)))
      .orderBy('occurred_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1),
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  if (last) return { rows: rows.slice(0, limit), next: { at: last.occurred_at, id: last.id } }
  const [end] = await q.run(
    db
      .selectFrom(scanned.clearSelect().select(['occurred_at', 'id']).as('orders'))
      .select(['occurred_at', 'id'])
      .orderBy('occurred_at', 'desc')
      .orderBy('id', 'desc')
      .offset(MOST_SCANNED - 1)
      .limit(1),
  )
  return { rows, next: end ? { at: end.occurred_at, id: end.id } : null }
}

/** What an index finds, and what must be looked at. */
function splitFilter({ ids, customerId, flagged, status, from, until, fromDate, toDate, ...rest }: OrderFilter): {
  indexed: OrderFilter
  other: OrderFilter
} {
  const ranges = {
    ...(ids && { ids }),
    ...(customerId !== undefined && { customerId }),
    ...(flagged !== undefined && { flagged }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(fromDate !== undefined && { fromDate }),
    ...(toDate !== undefined && { toDate }),
  }
  const few = ids !== undefined || customerId !== undefined
  const isRare = few || status === 'void' || status === 'refunded'
  const state = status === undefined ? {} : { status }
  const { hasCustomer, earned, reason, ...others } = rest
  const isUnearned = hasCustomer === true && (earned === false || reason !== undefined)
  if (few) return { indexed: { ...ranges, ...state, ...rest }, other: {} }
  return {
    indexed: { ...ranges, ...(isRare && state), ...(isUnearned && { hasCustomer: true, earned: false }) },
    other: {
      ...others,
      ...(!isRare && state),
      ...(hasCustomer !== undefined && !isUnearned && { hasCustomer }),
      ...(earned !== undefined && !(isUnearned && !earned) && { earned }),
      ...(reason !== undefined && { reason }),
    },
  }
}

/**
 * A business day and the instants of its orders are days apart at most, unless a clock is broken.
 * Without this bound a range of dates, which no index knows, would read every order.
 */
const DATE_SLACK_MS = 7 * 24 * 60 * 60 * 1000

type Where = ExpressionBuilder<Tables, 'orders'>

function conditions(where: Where, filter: OrderFilter): Expression<SqlBool>[] {
  const { ids, posName, branchId, customerId, status, flagged, from, until, fromDate, toDate } = filter
  const { branchIds, reference, hasCustomer, earned, reason, minTotal, maxTotal } = filter
  const all: Expression<SqlBool>[] = []
  if (ids) all.push(sql<boolean>`id = any (${ids}::uuid[])`)
  if (posName !== undefined) all.push(where('pos_name', '=', posName))
  if (branchId !== undefined) all.push(where('branch_id', '=', branchId))
  if (customerId !== undefined) all.push(where('customer_id', '=', customerId))
  if (status !== undefined) all.push(where('status', '=', status))
  if (flagged) all.push(where('flags', 'is not', null))
  if (branchIds) all.push(sql<boolean>`branch_id = any (${branchIds}::uuid[])`)
  if (reference !== undefined) all.push(where('reference', '=', reference))
  if (hasCustomer !== undefined) all.push(where('customer_id', hasCustomer ? 'is not' : 'is', null))
  if (earned !== undefined) all.push(where('reason', earned ? 'is' : 'is not', null))
  // A return has no reason, and earns nothing.
  if (earned) all.push(where('kind', '=', 'sale'))
  if (reason !== undefined) all.push(where('reason', '=', reason))
  if (minTotal !== undefined) all.push(where('total', '>=', minTotal))
  if (maxTotal !== undefined) all.push(where('total', '<=', maxTotal))
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
