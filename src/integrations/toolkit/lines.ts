// Common to the lines of every POS: unique IDs, and a status that agrees with that of the order.
import type { LineStatus, OrderStatus } from '../../../contract/pos-order.ts'

/**
 * Gives every line a unique ID: the one of the POS, or its position where it has none; a repeated
 * ID gets its position appended.
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
 * A line without a status has that of the order; in a refunded order, every line that is not voided
 * is refunded.
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
