// Deliveries in the database: read and written for a whole batch.
import { bulk, bytes, plain, text, timestamp } from '../db/bulk.ts'
import type { BusinessLock, RequestedLock } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction, Writer } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { OrderRow } from './store.ts'

export type DeliveryResult = 'processed' | 'stale' | 'parked' | 'ignored' | 'failed'

/** A row of `deliveries` that is about to be written. */
export interface DeliveryRow {
  businessId: Uuid
  id: Uuid
  posName: string
  orderId: Uuid | null
  event: string | null
  result: DeliveryResult
  reason: string | null
  error: string | null
  /** The archive record, packed with this dictionary. */
  dictionary: number
  body: Buffer
  receivedAt: EpochMs
}

/** A delivery that was stored before. */
export interface SeenDelivery {
  businessId: Uuid
  id: Uuid
  orderId: Uuid | null
  result: DeliveryResult
  /** The archive record, packed. */
  dictionary: number
  bytes: Buffer
}

/** Those of these deliveries that were stored before, with their answers. */
export async function seenDeliveries(
  tx: Transaction,
  _lock: RequestedLock,
  keys: readonly { businessId: Uuid; id: Uuid }[],
): Promise<SeenDelivery[]> {
  return tx.query(SEEN_DELIVERIES, [
    plainArray(keys.map((key) => key.businessId)),
    plainArray(keys.map((key) => key.id)),
  ])
}

/** Each key is looked up separately, in the one partition that can contain it. */
const SEEN_DELIVERIES: Statement = {
  name: 'seen_deliveries',
  text: `
select d.business_id as "businessId", d.id, d.order_id as "orderId", d.result, d.dictionary, d.body as bytes
from unnest($1::uuid[], $2::uuid[]) as k (business_id, id)
cross join lateral (select * from deliveries f where f.business_id = k.business_id and f.id = k.id offset 0) d`,
}

/**
 * Writes deliveries. A delivery that had no effect is overwritten, so that a replay can apply it; a
 * delivery with an effect is not changed, because its order may be read from it.
 */
export async function writeDeliveries(tx: Queryable, rows: readonly DeliveryRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(WRITE_DELIVERIES, DELIVERIES.parameters(rows))
}

const DELIVERIES = bulk<DeliveryRow>('deliveries', {
  business_id: plain('uuid', (row) => row.businessId),
  id: plain('uuid', (row) => row.id),
  pos_name: text((row) => row.posName),
  order_id: plain('uuid', (row) => row.orderId),
  event: text((row) => row.event),
  result: plain('text', (row) => row.result),
  reason: plain('text', (row) => row.reason),
  error: text((row) => row.error),
  dictionary: plain('smallint', (row) => row.dictionary),
  body: bytes((row) => row.body),
  received_at: timestamp((row) => row.receivedAt),
})

const WRITE_DELIVERIES: Statement = {
  name: 'write_deliveries',
  text: `${DELIVERIES.upsert(['business_id', 'id'], ['pos_name'])}
  where deliveries.result in ('failed', 'ignored')`,
}

/** A stored delivery that takes effect now. */
export interface AppliedDelivery {
  businessId: Uuid
  id: Uuid
  orderId: Uuid
}

/** Returns that were parked are applied now, and so are the stored deliveries that carried them. */
export async function markApplied(
  tx: Transaction,
  _lock: BusinessLock,
  rows: readonly OrderRow[],
): Promise<AppliedDelivery[]> {
  if (rows.length === 0) return []
  return tx.query(MARK_APPLIED, [rows.map((row) => row.businessId), rows.map((row) => `{${row.deliveries.join(',')}}`)])
}

/** As `markApplied`, for deliveries that are not written yet (pure). */
export function withApplied(deliveries: DeliveryRow[], unparked: readonly OrderRow[]): DeliveryRow[] {
  if (unparked.length === 0) return deliveries
  const applied = new Set(unparked.flatMap((row) => row.deliveries))
  return deliveries.map((row) =>
    row.result === 'parked' && applied.has(row.id) ? { ...row, result: 'processed', reason: null } : row,
  )
}

/** Records who replayed deliveries last, whatever the result. */
export async function markReplayed(
  q: Writer,
  rows: readonly { businessId: Uuid; id: Uuid }[],
  now: EpochMs,
): Promise<void> {
  if (rows.length === 0) return
  await q.query(MARK_REPLAYED, [rows.map((row) => row.businessId), rows.map((row) => row.id), instant(now), q.actor])
}

const MARK_REPLAYED: Statement = {
  name: 'mark_replayed',
  text: `
update deliveries d set replayed_at = $3::timestamptz, replayed_by = $4
from unnest($1::uuid[], $2::uuid[]) as k (business_id, id)
where d.business_id = k.business_id and d.id = k.id`,
}

/** A void that staff applied is no longer stale. */
export async function markUndone(
  tx: Transaction,
  _lock: BusinessLock,
  { businessId, id }: { businessId: Uuid; id: Uuid },
): Promise<AppliedDelivery[]> {
  return tx.query(MARK_UNDONE, [businessId, id])
}

const MARK_UNDONE: Statement = {
  name: 'mark_undone',
  text: `update deliveries set result = 'processed', reason = null where business_id = $1 and id = $2 and result = 'stale'
    returning business_id as "businessId", id, order_id as "orderId"`,
}

const MARK_APPLIED: Statement = {
  name: 'mark_applied',
  text: `
update deliveries d set result = 'processed', reason = null
from unnest($1::uuid[], $2::text[]) as k (business_id, ids)
where d.business_id = k.business_id and d.id = any (k.ids::uuid[]) and d.result = 'parked'
returning d.business_id as "businessId", d.id, d.order_id as "orderId"`,
}
