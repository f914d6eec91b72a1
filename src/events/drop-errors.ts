// Removes errors from events of failed deliveries: an error may quote what was sent.
import type { Statement, Transaction } from '../db/database.ts'
import { plainArray } from '../db/values.ts'
import type { Uuid } from '../kernel/ids.ts'
import { decodeEvents, encodeEvents } from './stored-event.ts'

/** Few events are stored at a time: they are deleted when every reader has read them. */
export async function dropErrors(tx: Transaction, businessId: Uuid, deliveries: readonly Uuid[]): Promise<void> {
  if (deliveries.length === 0) return
  const rows = await tx.query<{ lastSeq: number; events: string }>(WITH_FAILURES, [businessId])
  const concerned = new Set(deliveries)
  const changed = rows.map(({ lastSeq, events }) => {
    const without = decodeEvents(events).map((event) =>
      event.type === 'delivery.failed' && concerned.has(event.subject)
        ? { ...event, data: { ...event.data, error: '' } }
        : event,
    )
    return { lastSeq, events: encodeEvents(without) }
  })
  await tx.query(REPLACE, [
    businessId,
    plainArray(changed.map(({ lastSeq }) => lastSeq)),
    changed.map(({ events }) => events),
  ])
}

const WITH_FAILURES: Statement = {
  name: 'events_with_failures',
  text: `
select last_seq as "lastSeq", events from events
where business_id = $1 and events like '%"delivery.failed"%' for update`,
}

const REPLACE: Statement = {
  name: 'replace_events',
  text: `
update events e set events = k.events
from unnest($2::bigint[], $3::text[]) as k (last_seq, events)
where e.business_id = $1 and e.last_seq = k.last_seq`,
}
