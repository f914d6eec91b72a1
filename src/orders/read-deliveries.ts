// Deliveries as the business looks them up: pages by time and filters, and what was sent.
import { type Selectable, sql } from 'kysely'
import { readBodies } from '../archive/dictionaries.ts'
import type { Queryable } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { firstIdAt, type Uuid } from '../kernel/ids.ts'
import type { DeliveryResult } from './delivery-store.ts'
import { MOST_SCANNED } from './read.ts'

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

/** How many deliveries a page scans for each row that it may have: bodies make their rows large. */
const SCANNED_PER_ROW = 100

/** A delivery without its body. */
export type DeliveryHead = Pick<Selectable<Tables['deliveries']>, (typeof ENVELOPE)[number]>

export interface DeliveryFilter {
  ids?: readonly Uuid[]
  results?: readonly DeliveryResult[]
  /** Of the time of the event, which the id begins with. */
  from?: EpochMs
  until?: EpochMs
}

/** Newest first, those before `before`. */
export function listDeliveries(
  q: Queryable,
  businessId: Uuid,
  filter: DeliveryFilter,
  before: Uuid | null,
  limit: number,
): Promise<DeliveryHead[]> {
  return q.run(deliveriesOf(businessId, filter, before).select(ENVELOPE).orderBy('id', 'desc').limit(limit))
}

/**
 * As listDeliveries, those of one POS: looks at 100 for each row of the page, at most
 * `MOST_SCANNED`, and says where it ended.
 */
export async function scanDeliveries(
  q: Queryable,
  businessId: Uuid,
  { posName, ...filter }: DeliveryFilter & { posName?: string },
  before: Uuid | null,
  limit: number,
): Promise<{ rows: DeliveryHead[]; next: Uuid | null }> {
  const most = posName === undefined ? limit + 1 : Math.min(SCANNED_PER_ROW * limit, MOST_SCANNED)
  const scanned = deliveriesOf(businessId, filter, before).orderBy('id', 'desc').limit(most)
  let query = db.selectFrom(scanned.select(ENVELOPE).as('deliveries')).selectAll()
  if (posName !== undefined) query = query.where('pos_name', '=', posName)
  const rows = await q.run(query.orderBy('id', 'desc').limit(limit + 1))
  if (rows.length > limit) return { rows: rows.slice(0, limit), next: rows[limit - 1]?.id ?? null }
  if (posName === undefined) return { rows, next: null }
  const ends = db.selectFrom(scanned.select('id').as('deliveries')).select('id').orderBy('id', 'desc')
  const [end] = await q.run(ends.offset(most - 1).limit(1))
  return { rows, next: end?.id ?? null }
}

function deliveriesOf(businessId: Uuid, { ids, results, from, until }: DeliveryFilter, before: Uuid | null) {
  let query = db.selectFrom('deliveries').where('business_id', '=', businessId)
  if (ids) query = query.where(sql<boolean>`id = any (${ids}::uuid[])`)
  if (results) query = query.where('result', 'in', results)
  if (from !== undefined) query = query.where('id', '>=', firstIdAt(from))
  if (until !== undefined) query = query.where('id', '<', firstIdAt(until))
  if (before) query = query.where('id', '<', before)
  return query
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
