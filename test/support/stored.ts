// Everything that the archive and the orders of a business hold, as text.
import { createDictionaryCache, unpackAll } from '../../src/archive/dictionaries.ts'
import type { Database } from '../../src/db/database.ts'
import type { Uuid } from '../../src/kernel/ids.ts'

/** Records of deliveries and snapshots of orders, decompressed. */
export async function recordsOf(db: Database, businessId: Uuid): Promise<string[]> {
  const rows = await db.query<{ businessId: Uuid; dictionary: number; bytes: Buffer }>(
    `select business_id as "businessId", dictionary, body as bytes from deliveries where business_id = $1
     union all
     select business_id, dictionary, snapshot from orders where business_id = $1 and snapshot is not null`,
    [businessId],
  )
  return (await unpackAll(db, createDictionaryCache(), rows)).map(String)
}
