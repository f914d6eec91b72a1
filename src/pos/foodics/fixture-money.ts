// The arithmetic of made-up Foodics orders: they add up as real ones do, to five decimals, with tax after the order's discount.
import { derivedId } from '../../kernel/ids.ts'
import type { LineSpec, OrderSpec } from './fixture-spec.ts'

/** Hundred-thousandths of the currency's unit. */
type Exact = number

export interface PricedLine extends LineSpec {
  id: string
  status: number
  quantity: number
  taxRate: number
  own: Exact
  optionPrices: Exact[]
  off: Exact
  /** What the line costs after its own discount. */
  total: Exact
}

export type PricedOrder = ReturnType<typeof priceOrder>

/** Everything of an order that has to be reckoned. */
export function priceOrder(spec: OrderSpec) {
  const { taxExclusive = false, reference = 382546, status = spec.returns ? 5 : 4 } = spec
  const id = spec.id ?? derivedId('order', String(reference))
  const net = (amount: Exact, rate = 15) => (taxExclusive ? amount : Math.round((amount * 100) / (100 + rate)))
  const lineOf = (line: LineSpec, place: string) => priceLine({ id: derivedId('line', id, place), ...line }, status)
  const lines = (spec.lines ?? (spec.combos || spec.giftCard ? [] : [DRINK])).map((line, i) => lineOf(line, `${i}`))
  const combos = (spec.combos ?? []).map((combo, i) => ({
    id: combo.id ?? derivedId('combo', id, `${i}`),
    quantity: combo.quantity ?? 1,
    off: exact(combo.discount ?? 0),
    lines: combo.children.map((child, j) => lineOf({ quantity: combo.quantity ?? 1, ...child }, `${i}.${j}`)),
  }))
  const live = [...lines, ...combos.flatMap((combo) => combo.lines)].filter((line) => !VOIDED.has(line.status))
  const comboOff = combos.reduce((sum, combo) => sum + combo.off, 0)
  const goods = live.reduce((sum, line) => sum + line.total, 0) - comboOff
  const subtotal = live.reduce((sum, line) => sum + net(line.total, line.taxRate), 0) - net(comboOff)
  const off = exact(spec.discount?.amount ?? 0)
  const left = goods === 0 ? 1 : (goods - off) / goods
  const taxOnTop = taxExclusive ? live.reduce((sum, line) => sum + taxOfLine(line, left, true), 0) : 0
  const charges = (spec.charges ?? []).map(({ name, amount }) => priceCharge(name, exact(amount), taxExclusive))
  const charged = charges.reduce((sum, charge) => sum + charge.amount + (taxExclusive ? charge.tax : 0), 0)
  const extras = charged + exact(spec.giftCard ?? 0) + exact(spec.rounding ?? 0)
  const total = live.length === 0 && status === 7 ? 0 : goods - off + taxOnTop + extras
  return { id, reference, status, taxExclusive, net, lines, combos, subtotal, off, left, charges, total }
}

/** The tax of a part of a line, once its shares of the line's and of the order's discount are off. */
export function taxOfPart(part: Exact, line: PricedLine, left: number, taxExclusive: boolean): Exact {
  const before = line.total + line.off
  const paid = before === 0 ? 0 : part * (line.total / before) * left
  return Math.round((paid * line.taxRate) / (taxExclusive ? 100 : 100 + line.taxRate))
}

export function exact(amount: number): Exact {
  return Math.round(amount * 1e5)
}

/** As JSON writes it. */
export function decimal(amount: Exact): number {
  return amount / 1e5
}

/** A product whose price sits on its only option. */
const DRINK: LineSpec = { options: [{ name: 'Large', price: 24 }] }

/** Moved, void and declined lines keep their price and count nowhere. */
const VOIDED: ReadonlySet<number> = new Set([4, 5, 7])

const LINE_STATUS: ReadonlyMap<number, number> = new Map([
  [3, 7],
  [4, 3],
  [5, 6],
  [6, 4],
  [7, 5],
])

function priceLine(spec: LineSpec & { id: string }, order: number): PricedLine {
  const { quantity = 1, taxRate = 15, status = LINE_STATUS.get(order) ?? 2 } = spec
  const own = exact((spec.price ?? 0) * quantity)
  const optionPrices = (spec.options ?? []).map(({ price = 0, quantity: each = 1 }) => exact(price * each * quantity))
  const off = exact(spec.discount ?? 0)
  const total = optionPrices.reduce((a, b) => a + b, own) - off
  return { ...spec, quantity, taxRate, status, own, optionPrices, off, total }
}

function taxOfLine(line: PricedLine, left: number, taxExclusive: boolean): Exact {
  return [line.own, ...line.optionPrices].reduce((sum, part) => sum + taxOfPart(part, line, left, taxExclusive), 0)
}

function priceCharge(name: string, amount: Exact, taxExclusive: boolean) {
  const net = taxExclusive ? amount : Math.round(amount / 1.15)
  return { name, amount, net, tax: taxExclusive ? Math.round(amount * 0.15) : amount - net }
}
