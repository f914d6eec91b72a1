// What the lines of any POS have in common: ids of their own, and a status that agrees with their
// order's.
import type { LineStatus, OrderStatus } from '../../../contract/pos-order.ts'

/**
 * Every line gets an id of its own: the POS's, or its position where it gives none; a repeated one
 * has its position added.
 */
export function nameLines(lines: readonly { id: string }[]): void {
  const taken = new Set<string>()
  lines.forEach((line, index) => {
    if (line.id === '') line.id = `#${index + 1}`
    while (taken.has(line.id)) line.id = `${line.id}#${index + 1}`
    taken.add(line.id)
  })
}

/**
 * A line that does not say its status has the order's; in an order that was given back, what is not
 * voided was given back.
 */
export function lineStatus(own: LineStatus | undefined, order: OrderStatus): LineStatus {
  const status = own ?? STATUS_OF_ORDER[order]
  return order === 'refunded' && status !== 'voided' ? 'refunded' : status
}

const STATUS_OF_ORDER: Record<OrderStatus, LineStatus> = {
  initiated: 'added',
  paid: 'paid',
  void: 'voided',
  refunded: 'refunded',
  joined: 'voided',
}
