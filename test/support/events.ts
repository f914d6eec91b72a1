// What a reader finds of the events of a business: gapless, in order, and complete.
import assert from 'node:assert/strict'
import { EVENT_DATA } from '../../contract/events/event.ts'
import { validate } from '../../contract/validation/validate.ts'
import type { Queryable } from '../../src/db/database.ts'
import type { RecordedEvent } from '../../src/events/readers.ts'
import { eventToJson } from '../../src/http/api/events/event-to-json.ts'
import type { Uuid } from '../../src/kernel/ids.ts'

/** Every transfer and every processed delivery of the business has one event among these. */
export async function assertComplete(
  db: Queryable,
  businessId: Uuid,
  events: readonly RecordedEvent[],
  first = 1,
): Promise<void> {
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => first + index),
    'gapless and in order',
  )
  for (const event of events) {
    const { type, data } = eventToJson(event)
    assert.deepEqual(validate(EVENT_DATA[type], data), [], `${type}: ${JSON.stringify(data)}`)
  }
  const transfers = await db.query<{ id: Uuid }>('select id from transfers where business_id = $1', [businessId])
  assert.deepEqual(
    events.flatMap(({ type, subject }) => (type === 'movement.created' ? [subject] : [])).sort(),
    transfers.map(({ id }) => id).sort(),
    'one event of each transfer',
  )
  const deliveries = await db.query<{ id: Uuid }>(
    "select id from deliveries where business_id = $1 and result = 'processed'",
    [businessId],
  )
  assert.deepEqual(
    events.flatMap((event) => (event.type === 'order.processed' ? [event.data.delivery_id] : [])).sort(),
    deliveries.map(({ id }) => id).sort(),
    'one event of each processed delivery',
  )
}
