// Makes the parts of an order add up: the total is the truth, and what of it is goods is spread
// over the lines to the last unit.
import type { OrderKind, OrderStatus, PosLine } from '../../../contract/pos-order.ts'
import { allocate, type Minor, prorate } from '../../kernel/money.ts'
import { type Exact, toMinor } from './amounts.ts'

/** The order's own amounts as the POS tells them. */
export interface Bill {
  /** Minor-unit digits of the currency. */
  digits: number
  /**
   * What the customer pays: tax in, after all discounts, with charges and rounding, without tips.
   */
  total: Exact
  /** Tax in. */
  charges: Exact
  /** May be negative. */
  rounding: Exact
  giftCards: Exact
  /** The order's own discount, in the terms of the lines' `price`. */
  discount: Exact
  /** The goods after all discounts without tax; null when the POS does not say. */
  goodsExclTax: Exact | null
}

/** A line after its own discounts and before the order's, its options included. */
export interface BillLine {
  counted: boolean
  /** What the POS prints: with tax where its prices include tax, else without. */
  price: Exact
  /**
   * The tax that comes on top of `price`, as it is after the order's discount; 0 where prices
   * include tax.
   */
  addedTax: Exact
  priceExclTax: Exact
}

export interface Apportioned {
  total: Minor
  charges: Minor
  rounding: Minor
  giftCards: Minor
  /** Beside the bill's lines, in their order. */
  lines: { inclTax: Minor; exclTax: Minor }[]
}

/**
 * Goods are what is left of the total after rounding, gift cards and charges; a part that does not
 * fit into the total is cut. Counted lines share the goods pro rata to their prices less the
 * order's discount: their sum is the goods, exactly, however the POS's own numbers differ. Lines
 * that do not count keep what they say of themselves.
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
  const settled = lines.map((line) => {
    if (!line.counted) return { inclTax: minor(line.price + line.addedTax), exclTax: minor(line.priceExclTax) }
    const index = next++
    return { inclTax: inclTax[index] ?? 0, exclTax: exclTax[index] ?? 0 }
  })
  return { ...parts, lines: settled }
}

/**
 * The parts of the total; they sum to it. What the total has above its lines and its named parts is
 * a charge that the POS does not name, not goods: it must not earn. Each line may differ by a minor
 * unit of rounding. A total of the lines without the order's discount shows that the lines hold the
 * discount already.
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

/** What these lines cost, tax in, after the order's discount. */
export function worthOf(counted: readonly BillLine[], discount: Exact): Exact {
  const prices = counted.reduce((sum, line) => sum + line.price, 0)
  return counted.reduce((sum, line) => sum + line.addedTax, Math.max(0, prices - discount))
}

/**
 * Whether a line is part of its order's total: voided lines never are; refunded ones are where the
 * order itself is what was given back, and not in a sale that still stands.
 */
export function isCounted(order: { kind: OrderKind; status: OrderStatus }, line: Pick<PosLine, 'status'>): boolean {
  if (line.status === 'voided') return false
  return line.status !== 'refunded' || order.kind === 'return' || order.status === 'refunded'
}

/**
 * Taxes on top were reckoned after the order's discount, so there the discount must come off the
 * prices first.
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
 * The POS's own figure, unless it is more than the goods with tax; then the share of tax that the
 * lines show holds.
 */
function goodsWithoutTax(bill: Bill, goods: Minor, counted: readonly BillLine[]): Minor {
  const stated = bill.goodsExclTax === null ? null : toMinor(Math.max(0, bill.goodsExclTax), bill.digits)
  if (stated !== null && stated <= goods) return stated
  const withTax = counted.reduce((sum, line) => sum + line.price + line.addedTax, 0)
  const withoutTax = counted.reduce((sum, line) => sum + line.priceExclTax, 0)
  return withTax === 0 ? goods : Math.min(goods, prorate(goods, withoutTax, withTax))
}
