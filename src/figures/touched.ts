// Which customers and orders events name (pure).
import type { Event } from '../events/event.ts'
import type { Uuid } from '../kernel/ids.ts'

/**
 * The customers whose figures may have changed, and the orders whose customers, present and former,
 * may have.
 */
export function customersTouchedBy(events: readonly Event[]): { customers: Uuid[]; orders: Uuid[] } {
  const customers = new Set<Uuid>()
  const orders = new Set<Uuid>()
  for (const { type, subject, data } of events) {
    if (type === 'order.processed') {
      orders.add(subject)
      if (data.customer_id !== null) customers.add(data.customer_id)
    }
    if (type === 'customer.created') customers.add(subject)
    if (type === 'customer.merged') customers.add(data.into)
  }
  return { customers: [...customers], orders: [...orders] }
}
