// Which customers and orders events name (pure).
import type { RecordedEvent } from '../events/readers.ts'
import { parseId, type Uuid } from '../kernel/ids.ts'

/**
 * The customers whose figures may have changed, and the API ids of orders whose customers, present
 * and former, may have.
 */
export function customersTouchedBy(events: readonly Pick<RecordedEvent, 'type' | 'subject' | 'data'>[]): {
  customers: Uuid[]
  orders: string[]
} {
  const customers = new Set<Uuid>()
  const orders = new Set<string>()
  const add = (id: unknown) => {
    const uuid = typeof id === 'string' ? parseId('customer', id) : null
    if (uuid !== null) customers.add(uuid)
  }
  for (const { type, subject, data } of events) {
    if (type === 'order.processed') {
      orders.add(subject)
      add(data.customer_id)
    }
    if (type === 'customer.created') add(subject)
    if (type === 'customer.merged') add(data.into)
  }
  return { customers: [...customers], orders: [...orders] }
}
