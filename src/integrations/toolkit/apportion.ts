// Apportions an order: its total is authoritative, and the part that is goods is spread over the
// lines to the last minor unit.
import type { OrderKind, OrderStatus, PosLine } from '../../../contract/pos-order.ts'
import { allocate, type Minor, prorate } from '../../kernel/money.ts'
import { type Exact, toMinor } from './amounts.ts'

/** The amounts of the order as the POS states them. */
export interface Bill {
  /** Minor-unit digits of the currency. */
  digits: number
  /**
   * What the customer pays: including tax, after all discounts, with charges and rounding, without
   * tips.
   */
  total: Exact
  /** Including tax. */
  charges: Exact
  /** May be negative. */
  rounding: Exact
  giftCards: Exact
  /** The discount of the order, in the terms of the lines' `price`. */
  discount: Exact
  /** The goods after all discounts, without tax; null when the POS does not state it. */
  goodsExclTax: Exact | null
}

/** A line with its options, after its own discount and before that of the order. */
export interface BillLine {
  counted: boolean
  /** What the POS prints: with tax where its prices include tax, else without. */
  price: Exact
  /**
   * The tax that is added to `price`, after the discount of the order; 0 where prices include tax.
   */
  addedTax: Exact
  priceExclTax: Exact
}

export interface Apportioned {
  total: Minor
  charges: Minor
  rounding: Minor
  giftCards: Minor
  /** In the order of the bill's lines. */
  lines: { inclTax: Minor; exclTax: Minor }[]
}

/**
 * Goods are the total less rounding, gift cards and charges; a part that exceeds the total is
 * reduced. Counted lines share the goods pro rata to their prices less the discount of the order,
 * so their sum is exactly the goods, however the amounts of the POS differ. Other lines keep their
 * own amounts.
 */
export function apportion(bill: Bill, lines: readonly BillLine[]): Apportioned {
  const minor = (amount: Exact): Minor => toMinor(amount, bill.digits)
  const { goods, ...parts } = partsOf(bill, lines)
  const counted = lines.filter((line) => line.counted)
  const inclTax = allocate(goods, sharesOf(counted, bill.discount))
  const exclTax = allocate(
    goodsWithoutTax(bill, goods, counted),
    counted.map((line) => line.priceExclTax),
  )
  let next = 0
  const apportioned = lines.map((line) => {
    if (!line.counted) return { inclTax: minor(line.price + line.addedTax), exclTax: minor(line.priceExclTax) }
    const index = next++
    return { inclTax: inclTax[index] ?? 0, exclTax: exclTax[index] ?? 0 }
  })
  return { ...parts, lines: apportioned }
}

/**
 * The parts of the total, which sum to it. The part of the total above the lines and the other
 * parts is a charge that the POS does not name, not goods: it must not earn. Each line may differ
 * by one minor unit of rounding. A total that equals the lines without the discount of the order
 * shows that the lines already include it.
 */
export function partsOf(bill: Bill, lines: readonly BillLine[]): Omit<Apportioned, 'lines'> & { goods: Minor } {
  const minor = (amount: Exact): Minor => toMinor(amount, bill.digits)
  const total = minor(bill.total)
  const rounding = Math.min(minor(bill.rounding), total)
  const giftCards = Math.min(minor(bill.giftCards), total - rounding)
  const charges = Math.min(minor(bill.charges), total - rounding - giftCards)
  const rest = total - rounding - giftCards - charges
  const counted = lines.filter((line) => line.counted)
  const isNear = (worth: Exact) => Math.abs(rest - minor(worth)) <= counted.length
  const worth = worthOf(counted, bill.discount)
  const isGoods = rest <= minor(worth) || isNear(worth) || isNear(worthOf(counted, 0)) || counted.length === 0
  const goods = isGoods ? rest : minor(worth)
  return { total, charges: charges + rest - goods, rounding, giftCards, goods }
}

/** The price of these lines, including tax, after the discount of the order. */
export function worthOf(counted: readonly BillLine[], discount: Exact): Exact {
  const prices = counted.reduce((sum, line) => sum + line.price, 0)
  return counted.reduce((sum, line) => sum + line.addedTax, Math.max(0, prices - discount))
}

/**
 * Whether a line is part of the total of its order: voided lines never are; refunded lines are
 * where the order itself is a return or refunded, and not in a sale that stands.
 */
export function isCounted(order: { kind: OrderKind; status: OrderStatus }, line: Pick<PosLine, 'status'>): boolean {
  if (line.status === 'voided') return false
  return line.status !== 'refunded' || order.kind === 'return' || order.status === 'refunded'
}

/**
 * Taxes on top are calculated after the discount of the order, so the discount is subtracted from
 * the prices first.
 */
function sharesOf(lines: readonly BillLine[], discount: Exact): Exact[] {
  if (discount === 0 || lines.every((line) => line.addedTax === 0)) {
    return lines.map((line) => line.price + line.addedTax)
  }
  const off = allocate(
    discount,
    lines.map((line) => line.price),
  )
  return lines.map((line, index) => Math.max(0, line.price - (off[index] ?? 0)) + line.addedTax)
}

/**
 * The amount that the POS states, unless it exceeds the goods with tax; then the share of tax of
 * the lines applies.
 */
function goodsWithoutTax(bill: Bill, goods: Minor, counted: readonly BillLine[]): Minor {
  const stated = bill.goodsExclTax === null ? null : toMinor(Math.max(0, bill.goodsExclTax), bill.digits)
  if (stated !== null && stated <= goods) return stated
  const withTax = counted.reduce((sum, line) => sum + line.price + line.addedTax, 0)
  const withoutTax = counted.reduce((sum, line) => sum + line.priceExclTax, 0)
  return withTax === 0 ? goods : Math.min(goods, prorate(goods, withoutTax, withTax))
}
