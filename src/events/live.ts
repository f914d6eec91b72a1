// The live feed: reads the latest events of a business while somebody looks at them. Its reader
// lapses by itself, and it keeps only what a browser needs that was away for a short time.
import { lockBusinesses, setHasReaders } from '../db/business-lock.ts'
import type { Database, Queryable, Statement } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type EventBatch, eventsOf, type RecordedEvent, removeReader } from './readers.ts'

const READER = 'live'

const DAY_MS = 86_400_000
/** Events are recorded for so long after somebody looked at the feed. */
export const LEASE_MS = 7 * DAY_MS
/** What the feed keeps at most, unless another reader needs more. */
const KEPT_EVENTS = 10_000
export const KEPT_MS = DAY_MS

/**
 * From its commit on, the events of the business are recorded until the lease ends. Writes at most
 * once a day, so that it can be called for every request.
 */
export async function renewLiveFeed(db: Database, businessId: Uuid, now: EpochMs): Promise<void> {
  const [lease] = await db.query<{ lapsesAt: EpochMs }>(FIND, [businessId, READER])
  if (lease && lease.lapsesAt - now > LEASE_MS - DAY_MS) return
  await db.transaction(async (tx) => {
    const { businesses } = await lockBusinesses(tx, [businessId])
    const { lastEvent } = must(businesses[0], `the lock of business ${businessId}`)
    const lapsesAt = instant(now + LEASE_MS)
    await Promise.all([
      tx.query(REGISTER, [businessId, READER, lastEvent, lapsesAt]),
      setHasReaders(tx, businessId, true),
    ])
  })
}

/** The number of the last event of each business; 0 before the first. */
export function lastEvents(q: Queryable, businessIds: readonly Uuid[]): Promise<{ businessId: Uuid; last: number }[]> {
  return q.query(LAST, [plainArray(businessIds)])
}

/** The events after a number, in order, that are still stored. */
export async function eventsAfter(
  q: Queryable,
  businessId: Uuid,
  after: number,
  limit: number,
): Promise<RecordedEvent[]> {
  const batches: EventBatch[] = await q.query(AFTER, [businessId, after, limit])
  return eventsOf(batches, limit)
}

/** A condition on a business `b`: it has a live feed. */
export const HAS_LIVE_FEED =
  'exists (select from event_readers r where r.business_id = b.id and r.lapses_at is not null)'

/** Ends the feed when its lease is over; otherwise releases what it need not keep. Returns whether it ended. */
export async function trimLiveFeed(db: Database, businessId: Uuid, now: EpochMs): Promise<boolean> {
  const [lease] = await db.query<{ lapsesAt: EpochMs }>(FIND, [businessId, READER])
  if (!lease) return false
  if (lease.lapsesAt <= now) {
    await db.transaction((tx) => removeReader(tx, { businessId, reader: READER }))
    return true
  }
  await db.query(RELEASE, [businessId, READER, now - KEPT_MS, KEPT_EVENTS])
  return false
}

const FIND: Statement = {
  name: 'find_live_feed',
  text: 'select lapses_at as "lapsesAt" from event_readers where business_id = $1 and reader = $2',
}

const REGISTER: Statement = {
  name: 'register_live_feed',
  text: `
insert into event_readers (business_id, reader, position, lapses_at) values ($1, $2, $3, $4::timestamptz)
on conflict (business_id, reader) do update set lapses_at = excluded.lapses_at`,
}

const LAST: Statement = {
  name: 'last_events',
  text: `select business_id as "businessId", last_event as last from business_locks where business_id = any ($1::uuid[])`,
}

const AFTER: Statement = {
  name: 'events_after',
  text: `
select $2::bigint as position, first_seq as "firstSeq", events from events
where business_id = $1 and last_seq > $2 order by last_seq limit $3`,
}

const RELEASE: Statement = {
  name: 'release_live_events',
  text: `
update event_readers r set position = greatest(r.position, l.last_event - $4::bigint, coalesce(
  (select e.first_seq - 1 from events e
  where e.business_id = r.business_id and e.last_seq > r.position and (e.events::json -> -1 ->> 2)::bigint >= $3::bigint
  order by e.last_seq limit 1), l.last_event))
from business_locks l
where l.business_id = r.business_id and r.business_id = $1 and r.reader = $2`,
}
