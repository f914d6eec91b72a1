// Records events: numbered under the business lock, and written in the commit of what they report.
import { bulk, jsonText, plain } from '../db/bulk.ts'
import { type BusinessLock, type LockedBusiness, setLastEvents } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Event } from './event.ts'
import { encodeEvents } from './stored-event.ts'

interface GatheredEvent {
  readonly business: LockedBusiness
  readonly event: Event
}

/**
 * Records what `eventOf` makes of those items whose business has readers; without readers it does
 * nothing. The events of a transaction are written at its commit, in the order of the calls.
 */
export function recordEvents<T extends { readonly businessId: Uuid }>(
  tx: Transaction,
  lock: BusinessLock,
  items: Iterable<T>,
  eventOf: (item: T) => Event | null,
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
  const batches = new Map<Uuid, { firstSeq: number; events: Event[] }>()
  for (const { business, event } of gathered) {
    const batch = batches.get(business.businessId)
    if (batch) batch.events.push(event)
    else batches.set(business.businessId, { firstSeq: business.lastEvent + 1, events: [event] })
  }
  const rows = [...batches].map(([businessId, { firstSeq, events }]) => {
    return { businessId, firstSeq, lastSeq: firstSeq + events.length - 1, events }
  })
  const last = new Map(rows.map(({ businessId, lastSeq }) => [businessId, lastSeq]))
  await Promise.all([tx.query(INSERT_EVENTS, EVENTS.parameters(rows)), setLastEvents(tx, last)])
}

interface EventRow {
  readonly businessId: Uuid
  readonly firstSeq: number
  readonly lastSeq: number
  readonly events: readonly Event[]
}

const EVENTS = bulk<EventRow>('events', {
  business_id: plain('uuid', (row) => row.businessId),
  first_seq: plain('bigint', (row) => row.firstSeq),
  last_seq: plain('bigint', (row) => row.lastSeq),
  events: jsonText((row) => encodeEvents(row.events)),
})

const INSERT_EVENTS: Statement = { name: 'insert_events', text: EVENTS.insert }
