// Orders of erased customers: later deliveries of them are stored without the customer and move no
// units (pure).
import type { PosOrder } from '../../contract/pos-order.ts'
import type { SaleFacts } from './sale-facts.ts'

/** Whether the customer of the order was erased. */
export function isErased(order: { facts: SaleFacts | null } | null | undefined): boolean {
  return order?.facts?.erased !== undefined
}

/** The order without its customer. */
export function withoutCustomer({ customer: _, customer_problem: __, ...order }: PosOrder): PosOrder {
  return order
}
