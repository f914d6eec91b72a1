// The events of deliveries that took effect: one for each, whenever it did.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import type { AppliedDelivery, DeliveryRow } from '../orders/delivery-store.ts'
import type { OrderRow } from '../orders/store.ts'
import type { Outcome } from './answer.ts'

/** Those of a batch. `rows`: as they are written at its end. */
export function recordProcessed(
  tx: Transaction,
  lock: BusinessLock,
  rows: readonly DeliveryRow[],
  { outcomes, now }: { outcomes: readonly Outcome[]; now: EpochMs },
): void {
  const answers = new Map(outcomes.map(({ delivery, answer }) => [delivery.id, answer]))
  recordEvents(tx, lock, rows, ({ result, businessId, id, posName, orderId }) => {
    if (result !== 'processed') return null
    const { order, customer } = must(answers.get(id), 'the answer')
    const subject = formatId('order', must(orderId, 'the order'))
    const of = { pos: posName, pos_order_id: order?.pos_order_id ?? null, status: order?.status ?? null }
    const data = { delivery_id: formatId('delivery', id), ...of, customer_id: customer?.id ?? null }
    return { businessId, type: 'order.processed', at: now, actor: `pos:${posName}`, subject, data }
  })
}

/** Those that were stored before: returns whose sale has arrived, voids that staff applied. */
export function recordApplied(
  tx: Transaction,
  lock: BusinessLock,
  applied: readonly AppliedDelivery[],
  { rows, now }: { rows: ReadonlyMap<Uuid, OrderRow>; now: EpochMs },
): void {
  recordEvents(tx, lock, applied, ({ businessId, id, orderId }) => {
    const { posName, order, status, customerId } = must(rows.get(orderId), 'the order of a delivery')
    const subject = formatId('order', orderId)
    const of = { pos: posName, pos_order_id: order.pos_order_id, status }
    const customer_id = customerId === null ? null : formatId('customer', customerId)
    const data = { delivery_id: formatId('delivery', id), ...of, customer_id }
    return { businessId, type: 'order.processed', at: now, actor: `pos:${posName}`, subject, data }
  })
}
