// Stores a delivery that could not be processed with the reason, so that it is visible and can be
// replayed.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { pack } from '../archive/codec.ts'
import { recordOf } from '../archive/record.ts'
import { redactBody } from '../archive/redact-body.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import type { Database } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Delivery } from '../orders/delivery.ts'
import { type DeliveryRow, writeDeliveries } from '../orders/delivery-store.ts'
import { erasedAmong } from '../orders/erase-orders.ts'
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
  const [order, original] = [posOrderId, originalOf(delivery)].map((id) =>
    id === null ? null : orderId(businessId, posName, id),
  )
  await db.transaction(async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const erased = await erasedAmong(
      tx,
      businessId,
      [order, original].flatMap((id) => id ?? []),
    )
    const isErased = erased.size > 0
    const body = isErased ? redactBody(delivery.body, delivery.adapter) : delivery.body
    // No dictionary of the business: it is made and cached with a batch.
    const { dictionary, bytes } = pack(delivery.adapter, recordOf({ body, order: null, answer }))
    // The message of an error may quote what was sent.
    const described = isErased ? nameOf(error) : describe(error)
    const row: DeliveryRow = {
      businessId,
      id: delivery.id,
      posName,
      orderId: order ?? null,
      event: delivery.event,
      result: 'failed',
      reason: 'kept_for_repair',
      error: described,
      dictionary,
      body: bytes,
      receivedAt: delivery.receivedAt,
    }
    recordEvents(tx, lock, [row], () => {
      const data = { pos: posName, error: described }
      return { type: 'delivery.failed', at: now, actor: `pos:${posName}`, subject: delivery.id, data }
    })
    await writeDeliveries(tx, [row])
  })
  return answer
}

/** The sale of a return: what its customer asked to be forgotten is forgotten here as well. */
function originalOf({ parsed }: Delivery): string | null {
  return parsed.kind === 'order' && parsed.order.kind === 'return' ? (parsed.order.original_pos_order_id ?? null) : null
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error'
}

/** Name and message, no stack and no values: this is shown to the merchant. */
function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500)
}
