// Reads the lines of an order in the standard format: prices are after tax, per piece or for the
// whole line.
import type { LineStatus, OrderStatus, PosLine } from '../../../../contract/pos-order.ts'
import type { Minor } from '../../../kernel/money.ts'
import { type Exact, MAX_EXACT, readExact, times, toMinor } from '../../toolkit/amounts.ts'
import { idOf, type Json, textOf } from '../../toolkit/clean.ts'
import { lineStatus, nameLines } from '../../toolkit/lines.ts'
import { isAbsent } from '../../toolkit/problems.ts'
import type { Entry, Reader } from '../../toolkit/reader.ts'
import { LINE_STATUS, LINE_STATUS_REMEDY, statusWord } from './words.ts'

/** A line before the discounts and total of the order are applied. */
export interface StandardLine {
  line: Omit<PosLine, 'total_incl_tax' | 'total_excl_tax'>
  price: Exact
  /** Before any discount: the price × the quantity, where that exceeds the total of the line. */
  fullPrice: Exact
}

export function readLines(order: Json, status: OrderStatus, read: Reader): StandardLine[] {
  if (isAbsent(order.products)) read.report('/order/products', order.products, 'list')
  const lines = read.entries('/order/products', order.products, true).map((entry) => readLine(entry, status, read))
  nameLines(lines.map(({ line }) => line))
  return lines
}

/** `isDiscounted`: the order has a discount of its own. */
export function finishLine(
  { line, price, fullPrice }: StandardLine,
  totals: { inclTax: Minor; exclTax: Minor },
  { digits, isDiscounted }: { digits: number; isDiscounted: boolean },
): PosLine {
  return {
    ...line,
    total_incl_tax: totals.inclTax,
    total_excl_tax: totals.exclTax,
    ...((isDiscounted || fullPrice > price) && { price_incl_tax: toMinor(fullPrice, digits) }),
  }
}

function readLine({ at, json }: Entry, order: OrderStatus, read: Reader): StandardLine {
  const categoryId = idOf(json.category_id)
  const quantity = read.quantity(`${at}/quantity`, json.quantity)
  const word = statusWord(json.status)
  const own = word === undefined ? undefined : LINE_STATUS.get(word)
  if (word === undefined && !isAbsent(json.status)) read.report(`${at}/status`, json.status, LINE_STATUS_REMEDY)
  else if (word !== undefined && own === undefined) read.hasUnknown = true
  const status: LineStatus = lineStatus(own, order)
  return {
    line: {
      id: idOf(json.id) ?? '',
      product_id: read.id(`${at}/product_id`, json.product_id),
      ...(categoryId && { category_id: categoryId }),
      name: textOf(json.name) ?? '',
      quantity,
      status,
      discount: 0,
      options: [],
    },
    ...readPrice({ at, json }, quantity, read),
  }
}

/** `total` of the line, else `price` × `quantity`. */
function readPrice({ at, json }: Entry, quantity: number, read: Reader): Pick<StandardLine, 'price' | 'fullPrice'> {
  if (!isAbsent(json.total)) {
    const price = read.requiredAmount(`${at}/total`, json.total)
    const full = times(readExact(json.price) ?? 0, quantity)
    return { price, fullPrice: full <= MAX_EXACT ? Math.max(price, full) : price }
  }
  const total = times(read.requiredAmount(`${at}/price`, json.price), quantity)
  if (total <= MAX_EXACT) return { price: total, fullPrice: total }
  read.report(`${at}/price`, json.price, 'amount')
  return { price: 0, fullPrice: 0 }
}
