// Records the outcome of a delivery: what is answered, and what of it is stored.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { recordOf } from '../archive/record.ts'
import type { BatchState } from '../earning/context.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Delivery } from '../orders/delivery.ts'
import type { DeliveryResult } from '../orders/delivery-store.ts'
import { bareAnswer } from './answer.ts'

/**
 * Notes what is answered to a delivery, and what of it is to be kept, if that is not on record
 * already.
 */
export function recordOutcome(
  state: BatchState,
  delivery: Delivery,
  outcome: { result: DeliveryResult; answer: OrderAnswer; orderId: Uuid | null },
): void {
  const { answer } = outcome
  state.answers.set(delivery.id, answer)
  if (state.lasting.has(delivery.id)) return
  const { body, parsed } = delivery
  const order = parsed.kind === 'order' ? (parsed.text ?? JSON.stringify(parsed.order)) : null
  const { dictionary, bytes } = state.packer.pack(delivery, recordOf({ body, order, answer }), order !== null)
  if (parsed.kind === 'order') state.unwritten.set(delivery.id, parsed.order)
  state.rows.push({
    businessId: delivery.businessId,
    id: delivery.id,
    posName: delivery.posName,
    orderId: outcome.orderId,
    event: delivery.event,
    result: outcome.result,
    reason: answer.reason,
    error: null,
    dictionary,
    body: bytes,
    receivedAt: delivery.receivedAt,
  })
}

/** Keeps a delivery that has no effect, with the reason. */
export function recordIgnored(state: BatchState, delivery: Delivery, reason: string): void {
  const answer = bareAnswer({ eventId: delivery.id, result: 'ignored', reason, order: null, customer: null })
  recordOutcome(state, delivery, { result: 'ignored', answer, orderId: null })
}
