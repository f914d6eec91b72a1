// Helpers for tests of what is stored.
import { readFileSync } from 'node:fs'
import { pack } from '../../src/archive/codec.ts'
import { createCompressors } from '../../src/archive/compressors.ts'
import { createDictionaryCache, unpackAll } from '../../src/archive/dictionaries.ts'
import { answerIn, bodyIn, orderIn } from '../../src/archive/record.ts'
import type { Database } from '../../src/db/database.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { packSnapshot } from '../../src/orders/snapshots.ts'

const ANSWERS = readFileSync(new URL('../../src/archive/shipped/answer-1.jsonl', import.meta.url))

/**
 * Stores the deliveries and orders of a business as they were stored before there were frames:
 * three texts, packed apart.
 */
export async function rewriteAsBefore(db: Database, businessId: Uuid): Promise<void> {
  const rows = await db.query<{ businessId: Uuid; id: Uuid; orderId: Uuid; dictionary: number; bytes: Buffer }>(
    `select business_id as "businessId", id, order_id as "orderId", dictionary, body as bytes from deliveries where business_id = $1`,
    [businessId],
  )
  const compressors = createCompressors()
  const frames = await unpackAll(db, createDictionaryCache(), rows)
  for (const [index, frame] of frames.entries()) {
    const key = rows[index]
    const order = orderIn(frame)
    if (!key || !order) continue
    const body = pack('standard', bodyIn(frame))
    const answer = compressors.compress(Buffer.from(JSON.stringify(answerIn(frame, key))), ANSWERS)
    const snapshot = packSnapshot(order)
    await db.query('update deliveries set dictionary = $3, body = $4, answer = $5 where business_id = $1 and id = $2', [
      ...[businessId, key.id, body.dictionary, body.bytes],
      Buffer.concat([Buffer.of(4), answer]),
    ])
    await db.query(
      `update orders set deliveries = coalesce(deliveries, array[delivery_id]), dictionary = $3, snapshot = $4
       where business_id = $1 and delivery_id = $2`,
      [businessId, key.id, snapshot.dictionary, snapshot.bytes],
    )
  }
}
