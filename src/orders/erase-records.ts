// The archive records of deliveries, read in pages and replaced by records without a customer.
import type { Packed } from '../archive/codec.ts'
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { DeliveryResult } from './delivery-store.ts'

/** A stored delivery with its archive record, packed. */
export interface StoredRecord extends Packed {
  businessId: Uuid
  id: Uuid
  orderId: Uuid | null
  adapter: string
  result: DeliveryResult
  receivedAt: EpochMs
}

const COLUMNS = `
  d.business_id as "businessId", d.id, d.order_id as "orderId", p.adapter, d.result, d.received_at as "receivedAt", d.dictionary,
  d.body as bytes`

/** In the order of their ids, those after `after`. */
export function recordsAfter(
  q: Queryable,
  { businessId, after, limit }: { businessId: Uuid; after: Uuid | null; limit: number },
): Promise<StoredRecord[]> {
  return q.query(RECORDS_AFTER, [businessId, after, limit])
}

const RECORDS_AFTER: Statement = {
  name: 'records_after',
  text: `
select ${COLUMNS}
from deliveries d join pos_systems p on p.name = d.pos_name
where d.business_id = $1 and ($2::uuid is null or d.id > $2)
order by d.id limit $3`,
}

export function recordsById(tx: Transaction, businessId: Uuid, ids: readonly Uuid[]): Promise<StoredRecord[]> {
  return tx.query(RECORDS_BY_ID, [businessId, ids])
}

const RECORDS_BY_ID: Statement = {
  name: 'records_by_id',
  text: `
select ${COLUMNS}
from deliveries d join pos_systems p on p.name = d.pos_name
where d.business_id = $1 and d.id = any ($2::uuid[])`,
}

/**
 * Replaces records. A delivery that failed ends as `ignored`, because it cannot be applied any more;
 * its error may have quoted the customer.
 */
export async function replaceRecords(
  tx: Transaction,
  lock: BusinessLock,
  rows: readonly (Packed & { businessId: Uuid; id: Uuid })[],
): Promise<void> {
  for (const { businessId } of rows) assertLocked(lock, businessId)
  if (rows.length === 0) return
  await tx.query(REPLACE_RECORDS, [
    rows.map((row) => row.businessId),
    rows.map((row) => row.id),
    rows.map((row) => row.dictionary),
    rows.map((row) => row.bytes),
  ])
}

/** The reason of a delivery that ended because its customer was erased. */
export const CUSTOMER_ERASED = 'customer_erased'

const REPLACE_RECORDS: Statement = {
  name: 'replace_records',
  text: `
update deliveries d set dictionary = k.dictionary, body = k.body, error = null,
  result = case d.result when 'failed' then 'ignored' else d.result end,
  reason = case d.result when 'failed' then '${CUSTOMER_ERASED}' else d.reason end
from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bytea[]) as k (business_id, id, dictionary, body)
where d.business_id = k.business_id and d.id = k.id`,
}
