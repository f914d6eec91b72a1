// Reads the money of a Foodics order: total, subtotal, charges, discount, gift card, payments and
// tips.
import type { PosDiscount, PosOrder, PosPayment } from '../../../../contract/pos-order.ts'
import type { Minor } from '../../../kernel/money.ts'
import type { PosContext } from '../../integration.ts'
import { type Exact, toMinor } from '../../toolkit/amounts.ts'
import { type Apportioned, apportion, isCounted } from '../../toolkit/apportion.ts'
import { codeOf, idOf, type Json, objectOf, textOf } from '../../toolkit/clean.ts'
import { isExchange, soldTotal } from '../../toolkit/exchange.ts'
import { paymentKind } from '../../toolkit/payments.ts'
import { isAbsent } from '../../toolkit/problems.ts'
import type { Reader } from '../../toolkit/reader.ts'
import { DISCOUNT_REASON, PAYMENT_TYPE } from './codes.ts'
import { type FoodicsLine, rewardCodeOf } from './lines.ts'
import { readCharge } from './prices.ts'

export interface FoodicsBill extends Apportioned {
  subtotal: Minor
  discounts: PosDiscount[]
}

/**
 * The Foodics subtotal is before the discount of the order, which no line includes: they are
 * combined here.
 */
export function readBill(
  order: Json,
  nature: Pick<PosOrder, 'kind' | 'status' | 'original_pos_order_id'>,
  found: readonly FoodicsLine[],
  digits: number,
  read: Reader,
): FoodicsBill {
  const lines = found.map((line) => ({ ...line, counted: isCounted(nature, line.line) }))
  const exchange = isExchange(nature)
  const discount = read.amount('/order/discount_amount', order.discount_amount)
  const discountExclTax = read.amount('/order/tax_exclusive_discount_amount', order.tax_exclusive_discount_amount)
  const stated = exchange
    ? read.signedAmount('/order/subtotal_price', order.subtotal_price)
    : read.amount('/order/subtotal_price', order.subtotal_price)
  const charges = read.entries('/order/charges', order.charges).map((charge) => readCharge(charge, read))
  const bill = {
    digits,
    total: exchange
      ? read.requiredSignedAmount('/order/total_price', order.total_price)
      : read.requiredAmount('/order/total_price', order.total_price),
    charges: read.sum('/order/charges', charges),
    rounding: read.signedAmount('/order/rounding_amount', order.rounding_amount),
    giftCards: read.amount('/order/gift_card/amount', objectOf(order.gift_card)?.amount),
    discount,
  }
  const givenBack = lines.reduce(
    (sum, { line, price, addedTax }) => sum + (line.status === 'refunded' ? price + addedTax : 0),
    0,
  )
  const sold = exchange ? soldTotal(bill, lines, givenBack) : { total: bill.total, isDifference: false }
  // The subtotal of a difference is not that of the goods sold.
  const isStated = !isAbsent(order.subtotal_price) && !sold.isDifference && stated >= 0
  const known = isStated && (discount === 0 || !isAbsent(order.tax_exclusive_discount_amount))
  const linesSum = lines.reduce((sum, line) => sum + (line.counted ? line.priceExclTax : 0), 0)
  return {
    ...apportion({ ...bill, total: sold.total, goodsExclTax: known ? stated - discountExclTax : null }, lines),
    subtotal: toMinor(isStated ? stated : linesSum, digits),
    discounts: discountsOf(order, discount, digits),
  }
}

function discountsOf(order: Json, exact: Exact, digits: number): PosDiscount[] {
  const amount = toMinor(exact, digits)
  if (amount === 0) return []
  const reason = DISCOUNT_REASON.get(codeOf(order.discount_type) ?? 0) ?? 'other'
  const code = reason === 'coupon' ? idOf(objectOf(order.coupon)?.code) : rewardCodeOf(order)
  return [{ amount, reason, ...(code && { code }) }]
}

/**
 * `amount` is what was paid (`tendered` includes the change). Tips are separate and no price of
 * anything.
 */
export function readPayments(
  order: Json,
  digits: number,
  context: PosContext,
  read: Reader,
): { payments: PosPayment[]; tips: Minor } {
  const entries = read.entries('/order/payments', order.payments)
  const tips = entries.map(({ at, json }) => read.signedAmount(`${at}/tips`, json.tips))
  const payments = entries.map(({ at, json }) => {
    const method = objectOf(json.payment_method)
    const names = [textOf(method?.name), textOf(method?.name_localized), textOf(method?.code)]
    return {
      method: names.find((name) => name !== undefined) ?? '',
      kind: paymentKind({ names, type: PAYMENT_TYPE.get(codeOf(method?.type) ?? 0) }, context.paymentKinds),
      amount: toMinor(read.signedAmount(`${at}/amount`, json.amount), digits),
    }
  })
  return { payments, tips: toMinor(read.sum('/order/payments', tips), digits) }
}
