// What returns took from the lines of a sale.
import type { OrderInFull } from '../../../../contract/api/orders.ts'
import { remainingLines } from '../../../orders/family.ts'
import type { OrderRow } from '../../../orders/store.ts'

/** Empty for a return, and for a sale of which everything remains. Quantities are in thousandths. */
export function returnedToJson(order: OrderRow, family: readonly OrderRow[]): OrderInFull['returned'] {
  if (order.kind !== 'sale') return []
  const returns = family.filter((one) => one.originalId === order.id && one.id !== order.id)
  return remainingLines(order, returns).flatMap(({ line, quantity, inclTax }) => {
    const back = line.quantity - quantity
    const amount = line.total_incl_tax - inclTax
    return back > 0 || amount > 0 ? [{ line_id: line.id, quantity: back / 1000, total_incl_tax: amount }] : []
  })
}
