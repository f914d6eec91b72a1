// Stores a delivery that could not be processed with the reason, so that it is visible and can be
// replayed.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { pack } from '../archive/codec.ts'
import { recordOf } from '../archive/record.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import type { Database } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { formatId } from '../kernel/ids.ts'
import type { Delivery } from '../orders/delivery.ts'
import { type DeliveryRow, writeDeliveries } from '../orders/delivery-store.ts'
import { orderId } from '../orders/identity.ts'
import { bareAnswer } from './answer.ts'

export async function quarantine(db: Database, delivery: Delivery, error: unknown, now: EpochMs): Promise<OrderAnswer> {
  const { businessId, posName, parsed } = delivery
  const posOrderId = parsed.kind === 'order' ? parsed.order.pos_order_id : null
  const answer = bareAnswer({
    eventId: delivery.id,
    result: 'failed',
    reason: 'kept_for_repair',
    order: null,
    customer: null,
  })
  // Without the business lock no dictionary of the business may be used.
  const { dictionary, bytes } = pack(delivery.adapter, recordOf({ body: delivery.body, order: null, answer }))
  const row: DeliveryRow = {
    businessId,
    id: delivery.id,
    posName,
    orderId: posOrderId === null ? null : orderId(businessId, posName, posOrderId),
    event: delivery.event,
    result: 'failed',
    reason: 'kept_for_repair',
    error: describe(error),
    dictionary,
    body: bytes,
    receivedAt: delivery.receivedAt,
  }
  await db.transaction(async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const subject = formatId('delivery', delivery.id)
    const data = { pos: posName, error: describe(error) }
    recordEvents(tx, lock, [row], () => {
      return { businessId, type: 'delivery.failed', at: now, actor: `pos:${posName}`, subject, data }
    })
    await writeDeliveries(tx, [row])
  })
  return answer
}

/** Name and message, no stack and no values: this is shown to the merchant. */
function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500)
}
