// Deliveries of orders whose customers were erased: the customer's data is removed before anything
// else reads it (pure).
import { redactBody } from '../archive/redact-body.ts'
import type { Uuid } from '../kernel/ids.ts'
import { idOf, type OrderDelivery, originalIdOf } from './apply-snapshot.ts'
import { isErased, withoutCustomer } from './erased.ts'
import type { OrderRow } from './store.ts'

/**
 * The delivery as it is applied: without the customer when its order is that of an erased customer,
 * or a return of such an order. A repetition, a correction, a void or a return of an old order so
 * brings nobody back.
 */
export function withoutErasedCustomer(delivery: OrderDelivery, rows: ReadonlyMap<Uuid, OrderRow>): OrderDelivery {
  if (!isOfErased(delivery, rows)) return delivery
  const { body, adapter, parsed } = delivery
  const order = withoutCustomer(parsed.order)
  return { ...delivery, body: redactBody(body, adapter), parsed: { kind: 'order', order }, erased: true }
}

function isOfErased(delivery: OrderDelivery, rows: ReadonlyMap<Uuid, OrderRow>): boolean {
  if (isErased(rows.get(idOf(delivery)))) return true
  // An exchange sells as well, and names the customer of what it sells.
  if (delivery.parsed.order.kind !== 'return') return false
  const original = originalIdOf(delivery)
  return original !== null && isErased(rows.get(original))
}
