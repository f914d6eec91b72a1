// Records events: numbered under the business lock, and written in the commit of what they report.
import type { Actor } from '../../contract/actor.ts'
import type { EventData, EventType } from '../../contract/events/event.ts'
import { EVENT_VERSIONS } from '../../contract/events/versions.ts'
import { bulk, plain, text } from '../db/bulk.ts'
import { type BusinessLock, type LockedBusiness, setLastEvents } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { StoredEvent } from './stored-event.ts'

type EventOf<T extends EventType> = {
  readonly businessId: Uuid
  readonly type: T
  readonly at: EpochMs
  /** Null: by the POS of the order. */
  readonly actor: Actor | null
  /** The API id of what it is about. */
  readonly subject: string
  readonly data: EventData<T>
}

/** An event that is about to be recorded. */
export type NewEvent = { [T in EventType]: EventOf<T> }[EventType]

interface GatheredEvent {
  readonly business: LockedBusiness
  readonly event: NewEvent
}

/**
 * Records what `eventOf` makes of those items whose business has readers; without readers it does
 * nothing. The events of a transaction are written at its commit, in the order of the calls.
 */
export function recordEvents<T extends { readonly businessId: Uuid }>(
  tx: Transaction,
  lock: BusinessLock,
  items: Iterable<T>,
  eventOf: (item: T) => NewEvent | null,
): void {
  const withReaders = lock.businesses.filter(({ hasReaders }) => hasReaders)
  if (withReaders.length === 0) return
  const businesses = new Map(withReaders.map((business) => [business.businessId, business]))
  const gathered: GatheredEvent[] = []
  for (const item of items) {
    const business = businesses.get(item.businessId)
    const event = business && eventOf(item)
    if (event) gathered.push({ business, event })
  }
  if (gathered.length > 0) tx.gatherForCommit(writeEvents, gathered)
}

/**
 * One row for each business. Two locks of one transaction read the same last number, so the first of
 * each business counts.
 */
async function writeEvents(tx: Transaction, gathered: GatheredEvent[]): Promise<void> {
  const batches = new Map<Uuid, { firstSeq: number; events: string[] }>()
  for (const { business, event } of gathered) {
    const stored = JSON.stringify(storedEvent(event))
    const batch = batches.get(business.businessId)
    if (batch) batch.events.push(stored)
    else batches.set(business.businessId, { firstSeq: business.lastEvent + 1, events: [stored] })
  }
  const rows = [...batches].map(([businessId, { firstSeq, events }]) => {
    return { businessId, firstSeq, lastSeq: firstSeq + events.length - 1, events }
  })
  const last = new Map(rows.map(({ businessId, lastSeq }) => [businessId, lastSeq]))
  await Promise.all([tx.query(INSERT_EVENTS, EVENTS.parameters(rows)), setLastEvents(tx, last)])
}

function storedEvent({ type, at, actor, subject, data }: NewEvent): StoredEvent {
  return { type, at, actor, subject, data: { version: EVENT_VERSIONS[type], ...data } }
}

interface EventRow {
  readonly businessId: Uuid
  readonly firstSeq: number
  readonly lastSeq: number
  /** Each as JSON. */
  readonly events: readonly string[]
}

const EVENTS = bulk<EventRow>('events', {
  business_id: plain('uuid', (row) => row.businessId),
  first_seq: plain('bigint', (row) => row.firstSeq),
  last_seq: plain('bigint', (row) => row.lastSeq),
  events: text((row) => `[${row.events.join(',')}]`, 'json'),
})

const INSERT_EVENTS: Statement = { name: 'insert_events', text: EVENTS.insert }
