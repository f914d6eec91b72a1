// Readers of events: each reads those of one business in order, from its own position.
import { lockBusinesses, setHasReaders } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { decodeEvents, type VersionedEvent } from './stored-event.ts'

export interface Reader {
  readonly businessId: Uuid
  readonly reader: string
}

/** Numbers of one business have no gaps. */
export type RecordedEvent = VersionedEvent & { readonly seq: number }

/** From its commit on, the events of the business are recorded. A known reader keeps its position. */
export async function registerReader(tx: Transaction, { businessId, reader }: Reader): Promise<void> {
  const { businesses } = await lockBusinesses(tx, [businessId])
  const { lastEvent } = must(businesses[0], `the lock of business ${businessId}`)
  await Promise.all([tx.query(REGISTER, [businessId, reader, lastEvent]), setHasReaders(tx, businessId, true)])
}

/** Without another reader, events of the business are no longer recorded. */
export async function removeReader(tx: Transaction, { businessId, reader }: Reader): Promise<void> {
  await lockBusinesses(tx, [businessId])
  await tx.query('delete from event_readers where business_id = $1 and reader = $2', [businessId, reader])
  const [other] = await tx.query('select from event_readers where business_id = $1 limit 1', [businessId])
  if (!other) await setHasReaders(tx, businessId, false)
}

/** The events after the position of the reader, in order, at most `limit`. */
export async function readEvents(q: Queryable, reader: Reader, limit: number): Promise<RecordedEvent[]> {
  const batches: EventBatch[] = await q.query(READ, [reader.businessId, reader.reader, limit])
  return eventsOf(batches, limit)
}

/** The events of one commit, of which those after `position` are asked for. */
export interface EventBatch {
  position: number
  firstSeq: number
  events: string
}

/** Numbers the events of batches in order, at most `limit`. */
export function eventsOf(batches: readonly EventBatch[], limit: number): RecordedEvent[] {
  const events = batches.flatMap(({ position, firstSeq, events }) =>
    decodeEvents(events)
      .map((event, n) => ({ ...event, seq: firstSeq + n }))
      .filter(({ seq }) => seq > position),
  )
  return events.slice(0, limit)
}

/** Records that the reader has read up to this event. A position never goes back. */
export async function advanceReader(q: Queryable, { businessId, reader }: Reader, position: number): Promise<void> {
  await q.query(ADVANCE, [businessId, reader, position])
}

const REGISTER: Statement = {
  name: 'register_event_reader',
  text: `
insert into event_readers (business_id, reader, position) values ($1, $2, $3)
on conflict (business_id, reader) do nothing`,
}

const READ: Statement = {
  name: 'read_events',
  text: `
select r.position, e.first_seq as "firstSeq", e.events
from event_readers r join events e on e.business_id = r.business_id and e.last_seq > r.position
where r.business_id = $1 and r.reader = $2
order by e.last_seq limit $3`,
}

const ADVANCE: Statement = {
  name: 'advance_event_reader',
  text: `
update event_readers set position = greatest(position, $3::bigint)
where business_id = $1 and reader = $2`,
}
