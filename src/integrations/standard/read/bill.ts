// Reads the bill of an order in the standard format: its total and subtotal, and the parts of the
// total that are not goods.
import type { PosOrder } from '../../../../contract/pos-order.ts'
import { type Minor, prorate } from '../../../kernel/money.ts'
import { type Exact, MAX_EXACT, toExact, toMinor } from '../../toolkit/amounts.ts'
import { type Apportioned, apportion, type BillLine, isCounted, partsOf, worthOf } from '../../toolkit/apportion.ts'
import type { Json } from '../../toolkit/clean.ts'
import { isExchange, soldTotal } from '../../toolkit/exchange.ts'
import { isAbsent } from '../../toolkit/problems.ts'
import type { Reader } from '../../toolkit/reader.ts'
import type { StandardLine } from './lines.ts'

/** The amounts beside the lines, including tax. */
export interface BesideLines {
  digits: number
  /** The discounts of the whole order. */
  discount: Exact
  charges: Exact
  tips: Exact
  rounding: Exact
  giftCards: Exact
}

export interface StandardBill extends Apportioned {
  subtotal: Minor
}

/**
 * `charges? [{name?, amount, kind?}]`, `tips?`, `rounding?` and `gift_cards_sold?`: none of them is
 * goods.
 */
export function readBeside(order: Json, read: Reader): Omit<BesideLines, 'digits' | 'discount'> {
  const charges = read.entries('/order/charges', order.charges, true)
  return {
    charges: read.sum(
      '/order/charges',
      charges.map(({ at, json }) => read.requiredAmount(`${at}/amount`, json.amount)),
    ),
    tips: read.signedAmount('/order/tips', order.tips),
    rounding: read.signedAmount('/order/rounding', order.rounding),
    giftCards: read.amount('/order/gift_cards_sold', order.gift_cards_sold),
  }
}

/**
 * The subtotal is that of the lines (and charges, where it exceeds the lines) before `discounts`,
 * without tax: its share of tax applies to every line. A subtotal that is absent, or higher than
 * the amount with tax, indicates no tax.
 */
export function readBill(
  order: Json,
  nature: Pick<PosOrder, 'kind' | 'status' | 'original_pos_order_id'>,
  found: readonly StandardLine[],
  beside: BesideLines,
  read: Reader,
): StandardBill {
  if (isExchange(nature)) return readExchangeBill(order, nature, found, beside, read)
  const { digits, charges } = beside
  const counted = found.reduce((sum, { line, price }) => sum + (isCounted(nature, line) ? price : 0), 0)
  const statedTotal = read.requiredAmount('/order/total', order.total)
  const subtotal = isAbsent(order.subtotal) ? counted : read.amount('/order/subtotal', order.subtotal)
  const withTax = subtotal < counted ? counted : counted + charges
  const withoutTax = (amount: Exact): Exact => (subtotal < withTax ? prorate(amount, subtotal, withTax) : amount)
  const lines = found.map(({ line, price }) => {
    return { counted: isCounted(nature, line), price, addedTax: 0, priceExclTax: withoutTax(price) }
  })
  const bill = { ...beside, total: withoutTips(statedTotal, beside, lines), goodsExclTax: null }
  const goods = toExact(partsOf(bill, lines).goods, digits)
  return { ...apportion({ ...bill, goodsExclTax: withoutTax(goods) }, lines), subtotal: toMinor(subtotal, digits) }
}

/**
 * Tips are not part of the total. Where the POS includes them, which the sum of the other parts
 * shows, they are subtracted.
 */
function withoutTips(total: Exact, beside: BesideLines, lines: readonly BillLine[]): Exact {
  const goods = worthOf(
    lines.filter((line) => line.counted),
    beside.discount,
  )
  const expected = goods + beside.charges + beside.rounding + beside.giftCards
  const isInside = beside.tips > 0 && Math.abs(total - beside.tips - expected) < Math.abs(total - expected)
  return isInside ? Math.max(0, total - beside.tips) : total
}

/**
 * As with `total`, the subtotal of an exchange is that of the goods sold or of the difference;
 * either shows the share of tax.
 */
function readExchangeBill(
  order: Json,
  nature: Pick<PosOrder, 'kind' | 'status'>,
  found: readonly StandardLine[],
  beside: BesideLines,
  read: Reader,
): StandardBill {
  const { digits } = beside
  const sumOf = (counts: (line: StandardLine['line']) => boolean) =>
    found.reduce((sum, { line, price }) => sum + (counts(line) ? price : 0), 0)
  const sold = sumOf((line) => isCounted(nature, line))
  const givenBack = sumOf((line) => line.status === 'refunded')
  const stated = isAbsent(order.subtotal) ? sold : read.signedAmount('/order/subtotal', order.subtotal)
  const base = Math.abs(stated - (sold - givenBack)) < Math.abs(stated - sold) ? sold - givenBack : sold
  const isShare = stated * base >= 0 && Math.abs(stated) < Math.abs(base)
  const withoutTax = (amount: Exact): Exact => (isShare ? prorate(amount, Math.abs(stated), Math.abs(base)) : amount)
  const lines = found.map(({ line, price }) => {
    return { counted: isCounted(nature, line), price, addedTax: 0, priceExclTax: withoutTax(price) }
  })
  const statedTotal = read.requiredSignedAmount('/order/total', order.total)
  const { total } = soldTotal({ ...beside, total: statedTotal }, lines, givenBack)
  const bill = { ...beside, total, goodsExclTax: null }
  const goods = toExact(partsOf(bill, lines).goods, digits)
  const apportioned = apportion({ ...bill, goodsExclTax: withoutTax(goods) }, lines)
  return { ...apportioned, subtotal: toMinor(withoutTax(Math.min(sold, MAX_EXACT)), digits) }
}
