// Submits a decision of staff on units above a ceiling: the order is assessed again like any other
// delivery of it.
import type { CeilingDecision } from '../orders/ceiling.ts'
import type { OrderRow } from '../orders/store.ts'
import type { Ingest } from './ingest.ts'

/** `order` is as staff saw it: if a newer snapshot is in force by then, nothing is decided. */
export async function submitDecision(
  { ingest }: { ingest: Ingest },
  { businessId, posName, deliveryId, order }: OrderRow,
  decision: CeilingDecision,
): Promise<'submitted' | 'unavailable'> {
  const outcome = await ingest.submit({
    id: deliveryId,
    businessId,
    posName,
    adapter: 'standard',
    event: null,
    receivedAt: decision.at,
    body: Buffer.alloc(0),
    parsed: { kind: 'order', order },
    replay: true,
    decide: decision,
  })
  return typeof outcome === 'string' || outcome.result === 'failed' ? 'unavailable' : 'submitted'
}
