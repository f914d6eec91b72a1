// The events of deliveries that took effect: one for each, whenever it did.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
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
  const byDelivery = new Map(outcomes.map((outcome) => [outcome.delivery.id, outcome]))
  recordEvents(tx, lock, rows, ({ result, id, posName, orderId }) => {
    if (result !== 'processed') return null
    const { answer, customerId } = must(byDelivery.get(id), 'the outcome')
    const { pos_order_id = null, status = null } = answer.order ?? {}
    const data = { delivery_id: id, pos: posName, pos_order_id, status, customer_id: customerId }
    const subject = must(orderId, 'the order')
    return { type: 'order.processed', at: now, actor: `pos:${posName}`, subject, data }
  })
}

/** Those that were stored before: returns whose sale has arrived, voids that staff applied. */
export function recordApplied(
  tx: Transaction,
  lock: BusinessLock,
  applied: readonly AppliedDelivery[],
  { rows, now }: { rows: ReadonlyMap<Uuid, OrderRow>; now: EpochMs },
): void {
  recordEvents(tx, lock, applied, ({ id, orderId }) => {
    const { posName, order, status, customerId } = must(rows.get(orderId), 'the order of a delivery')
    const data = { delivery_id: id, pos: posName, pos_order_id: order.pos_order_id, status, customer_id: customerId }
    return { type: 'order.processed', at: now, actor: `pos:${posName}`, subject: orderId, data }
  })
}
