// The order as it was read: stored in its own row, or in the archive record of the delivery that
// carried it.
import type { PosOrder } from '../../contract/pos-order.ts'
import { type Packed, pack } from '../archive/codec.ts'
import { createDictionaryCache, type DictionaryCache, unpackAll } from '../archive/dictionaries.ts'
import { orderIn } from '../archive/record.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Where the snapshot of an order is. With both null it is in the record of the delivery. */
export interface SnapshotPlace {
  businessId: Uuid
  deliveryId: Uuid
  dictionary: number | null
  snapshot: Buffer | null
}

/** What reading snapshots needs besides the database. */
export interface SnapshotSource {
  dictionaries: DictionaryCache
  /** Orders in deliveries that this transaction has not written yet, by the delivery's id. */
  unwritten?: ReadonlyMap<Uuid, PosOrder>
}

/** The orders of these rows, in their order. */
export async function readSnapshots(
  q: Queryable,
  places: readonly SnapshotPlace[],
  { dictionaries, unwritten }: SnapshotSource = { dictionaries: createDictionaryCache(64) },
): Promise<PosOrder[]> {
  const recorded = places.filter((place) => packedIn(place) === null && !unwritten?.has(place.deliveryId))
  const records = await loadRecords(q, recorded, dictionaries)
  const rows = places.flatMap((place) => {
    const packed = packedIn(place)
    return packed ? [{ ...packed, businessId: place.businessId }] : []
  })
  const texts = (await unpackAll(q, dictionaries, rows)).values()
  return places.map((place) => {
    if (packedIn(place)) return JSON.parse(String(texts.next().value))
    const { businessId, deliveryId } = place
    return unwritten?.get(deliveryId) ?? must(records.get(`${businessId} ${deliveryId}`), `order in ${deliveryId}`)
  })
}

/** The snapshot in the row itself, or null. */
export function packedIn({ dictionary, snapshot }: Pick<SnapshotPlace, 'dictionary' | 'snapshot'>): Packed | null {
  return dictionary === null || snapshot === null ? null : { dictionary, bytes: snapshot }
}

async function loadRecords(
  q: Queryable,
  keys: readonly { businessId: Uuid; deliveryId: Uuid }[],
  dictionaries: DictionaryCache,
): Promise<Map<string, PosOrder | null>> {
  if (keys.length === 0) return new Map()
  const rows = await q.query<Packed & { businessId: Uuid; id: Uuid }>(LOAD_RECORDS, [
    keys.map((key) => key.businessId),
    keys.map((key) => key.deliveryId),
  ])
  const records = await unpackAll(q, dictionaries, rows)
  return new Map(records.map((record, index) => [`${rows[index]?.businessId} ${rows[index]?.id}`, orderIn(record)]))
}

/** Each key is looked up separately, in the one partition that can hold it. */
const LOAD_RECORDS: Statement = {
  name: 'load_records',
  text: `
select d.business_id as "businessId", d.id, d.dictionary, d.body as bytes
from unnest($1::uuid[], $2::uuid[]) as k (business_id, id)
cross join lateral (
  select * from deliveries f where f.business_id = k.business_id and f.id = k.id offset 0) d`,
}

/** Packs an order for its own row. */
export function packSnapshot(order: PosOrder): Packed {
  return pack('snapshot', JSON.stringify(order))
}

/** Far less than the shortest retention: the month of a younger delivery is not dropped soon. */
const YOUNG_MS = 14 * 24 * 3_600_000

/**
 * Whether the record of a delivery will stay for a while. A late delivery, such as a past order,
 * may be in a month that is being dropped, so its order is stored in its own row from the start.
 */
export function staysForAWhile({ id, receivedAt }: { id: Uuid; receivedAt: EpochMs }, now: EpochMs): boolean {
  const eventAt = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  return Math.min(eventAt, receivedAt) > now - YOUNG_MS
}
