// The row of `deliveries` that records a delivery and its answer.
import type { RecordPacker } from '../archive/dictionaries.ts'
import { recordOf } from '../archive/record.ts'
import type { DeliveryRow } from '../orders/delivery-store.ts'
import type { Outcome } from './answer.ts'

/** Packs the archive record, for which the packer may make a dictionary. */
export function recordOutcome({ delivery, result, answer, orderId }: Outcome, packer: RecordPacker): DeliveryRow {
  const { businessId, id, posName, event, body, parsed, receivedAt } = delivery
  const order = parsed.kind === 'order' ? (parsed.text ?? JSON.stringify(parsed.order)) : null
  const packed = packer.pack(delivery, recordOf({ body, order, answer }), order !== null)
  return {
    businessId,
    id,
    posName,
    orderId,
    event,
    result,
    reason: answer.reason,
    error: null,
    dictionary: packed.dictionary,
    body: packed.bytes,
    receivedAt,
  }
}
