// Compares the stored orders with the acknowledged ones.
import type { OrderSummary } from '../../../contract/api/orders.ts'
import type { Oddity } from '../deliver/counts.ts'
import type { Acknowledged } from '../deliver/deliver.ts'
import type { Counterpart } from './compare.ts'

/** Orders that were acknowledged, in any phase, and are missing. */
export async function compareOrders(acts: readonly Acknowledged[], shops: readonly Counterpart[]): Promise<Oddity[]> {
  const oddities: Oddity[] = []
  for (const { shop, api } of shops) {
    const missing = new Set(acts.flatMap((acknowledged) => [...(acknowledged.get(shop) ?? [])]))
    for await (const { pos_order_id: order } of api.all<OrderSummary>('/orders')) missing.delete(order)
    for (const order of missing) {
      oddities.push({ what: 'lost', order, detail: `acknowledged in ${shop}, but not stored` })
    }
  }
  return oddities
}
