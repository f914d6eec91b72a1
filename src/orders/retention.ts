// Before deliveries are deleted, orders that are read from their records get a snapshot in their
// own row.
import { createDictionaryCache, type DictionaryCache } from '../archive/dictionaries.ts'
import { lockAndRead } from '../db/business-lock.ts'
import type { Database, Queryable, Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { DeliveryKey } from './partitions.ts'
import { packSnapshot, readSnapshots, type SnapshotPlace } from './snapshots.ts'

/**
 * Returns a function after which no order is read from the given deliveries, so that they can be
 * deleted. It can be repeated. The snapshots are packed with the shipped dictionary: one of the
 * business would have to stay for as long as its orders.
 */
export function deliveryReleaser(db: Database): (keys: readonly DeliveryKey[]) => Promise<void> {
  const dictionaries = createDictionaryCache()
  return async (keys) => {
    const orders = await readFrom(db, keys)
    if (orders.length > 0) await db.transaction((tx) => release(tx, keys, orders, dictionaries))
  }
}

/** Without the lock, a batch that has read such an order could write it back as it was. */
async function release(
  tx: Transaction,
  keys: readonly DeliveryKey[],
  orders: readonly StoredPlace[],
  dictionaries: DictionaryCache,
): Promise<void> {
  const businessIds = orders.map((order) => order.businessId)
  const { found: places } = await lockAndRead(tx, businessIds, () => readFrom(tx, keys))
  const packed = (await readSnapshots(tx, places, { dictionaries })).map(packSnapshot)
  await tx.query(KEEP_SNAPSHOTS, [
    places.map((place) => place.businessId),
    places.map((place) => place.id),
    packed.map((one) => one.dictionary),
    packed.map((one) => one.bytes),
  ])
}

type StoredPlace = SnapshotPlace & { id: Uuid }

/** The orders that are read from these deliveries. */
function readFrom(q: Queryable, keys: readonly DeliveryKey[]): Promise<StoredPlace[]> {
  return q.query<StoredPlace>(READ_FROM, [keys.map((key) => key.businessId), keys.map((key) => key.id)])
}

const READ_FROM: Statement = {
  name: 'orders_read_from',
  text: `
select o.business_id as "businessId", o.id, o.delivery_id as "deliveryId", o.dictionary, o.snapshot
from unnest($1::uuid[], $2::uuid[]) as k (business_id, id)
cross join lateral (
  select order_id from deliveries f where f.business_id = k.business_id and f.id = k.id offset 0) d
cross join lateral (
  select * from orders s where s.business_id = k.business_id and s.id = d.order_id offset 0) o
where o.delivery_id = k.id and o.snapshot is null`,
}

const KEEP_SNAPSHOTS: Statement = {
  name: 'keep_snapshots',
  text: `
update orders o set dictionary = k.dictionary, snapshot = k.snapshot
from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bytea[]) as k (business_id, id, dictionary, snapshot)
where o.business_id = k.business_id and o.id = k.id`,
}
