// Exchanges: orders that sell, and give back from an earlier sale, at once.
import type { LineStatus, OrderStatus, PosOrder } from '../../../contract/pos-order.ts'
import { type Exact, MAX_EXACT } from './amounts.ts'
import type { Bill, BillLine } from './apportion.ts'
import { idOf } from './clean.ts'
import type { Reader } from './reader.ts'

export type Origin = Pick<PosOrder, 'kind' | 'original_pos_order_id'>

/**
 * A refunded or void order that names an original is a return of it; signs of amounts decide
 * nothing. An order that stands is a sale, and keeps its original only when it has refunded lines:
 * then it is an exchange. An order that names itself has no original, and a joined order counts for
 * nothing.
 */
export function readOrigin(
  named: { pointer: string; value: unknown } | null,
  order: { id: string; status: OrderStatus; lines: readonly { line: { status: LineStatus } }[] },
  read: Reader,
): Origin {
  const original = named === null ? undefined : idOf(named.value)
  if (named === null || (original === order.id && order.id !== '')) return { kind: 'sale' }
  if (order.status === 'joined') return { kind: 'sale' }
  if (order.status === 'refunded' || order.status === 'void') {
    return { kind: 'return', original_pos_order_id: read.id(named.pointer, named.value) }
  }
  const givesBack = original !== undefined && order.lines.some(({ line }) => line.status === 'refunded')
  return { kind: 'sale', ...(givesBack && { original_pos_order_id: original }) }
}

export function isExchange({ kind, original_pos_order_id }: Origin): boolean {
  return kind === 'sale' && original_pos_order_id !== undefined
}

/**
 * The total of the goods that an exchange sold. No POS documents whether the total of such an order
 * is that of the goods sold or the difference to those given back, so the lines decide: the nearer
 * reading applies. A difference may be negative, or 0 where a till does not go below 0; then the
 * lines state what was sold.
 */
export function soldTotal(
  bill: Pick<Bill, 'total' | 'charges' | 'rounding' | 'giftCards' | 'discount'>,
  lines: readonly BillLine[],
  givenBack: Exact,
): { total: Exact; isDifference: boolean } {
  const goods = lines.reduce((sum, line) => (line.counted ? sum + line.price + line.addedTax : sum), 0)
  const sold = Math.max(0, goods - bill.discount) + bill.charges + bill.rounding + bill.giftCards
  const isDifference = Math.abs(bill.total - (sold - givenBack)) < Math.abs(bill.total - sold)
  const total = isDifference ? Math.min(bill.total + givenBack, sold, MAX_EXACT) : bill.total
  return { total: Math.max(0, total), isDifference }
}
