// Records events: numbered under the business lock, and written in the commit of what they report.
import type { Actor } from '../../contract/actor.ts'
import type { EventData, EventType } from '../../contract/events/event.ts'
import { EVENT_VERSIONS } from '../../contract/events/versions.ts'
import { bulk, jsonColumn, plain, text, timestamp } from '../db/bulk.ts'
import { type BusinessLock, type LockedBusiness, setLastEvents } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

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

/** Two locks of one transaction read the same last number, so the first of each business counts. */
async function writeEvents(tx: Transaction, gathered: GatheredEvent[]): Promise<void> {
  const last = new Map<Uuid, number>()
  const rows = gathered.map(({ business: { businessId, lastEvent }, event }) => {
    const seq = (last.get(businessId) ?? lastEvent) + 1
    last.set(businessId, seq)
    return { seq, event }
  })
  await Promise.all([tx.query(INSERT_EVENTS, EVENTS.parameters(rows)), setLastEvents(tx, last)])
}

const EVENTS = bulk<{ seq: number; event: NewEvent }>('events', {
  business_id: plain('uuid', ({ event }) => event.businessId),
  seq: plain('bigint', ({ seq }) => seq),
  type: plain('text', ({ event }) => event.type),
  at: timestamp(({ event }) => event.at),
  actor: text(({ event }) => event.actor),
  subject: plain('text', ({ event }) => event.subject),
  data: jsonColumn('jsonb', ({ event }) => ({ version: EVENT_VERSIONS[event.type], ...event.data })),
})

const INSERT_EVENTS: Statement = { name: 'insert_events', text: EVENTS.insert }
