// Reads the lines of a Foodics order: products and the products of combos, each with options and
// price.
import type { LineStatus, OrderStatus, PosLine, PosOption } from '../../../../contract/pos-order.ts'
import { allocate, type Minor, prorate } from '../../../kernel/money.ts'
import { type Exact, toMinor } from '../../toolkit/amounts.ts'
import type { BillLine } from '../../toolkit/apportion.ts'
import { codeOf, enumCodeOf, idOf, type Json, objectOf, textOf } from '../../toolkit/clean.ts'
import { lineStatus, nameLines } from '../../toolkit/lines.ts'
import { isAbsent } from '../../toolkit/problems.ts'
import { type Entry, MAX_ENTRIES, type Reader } from '../../toolkit/reader.ts'
import { DISCOUNT_REASON, LINE_STATUS, LINE_STATUS_REMEDY } from './codes.ts'
import { readPrice } from './prices.ts'

/** A line before the discount, total and rounding of the order are applied. */
export interface FoodicsLine extends Omit<BillLine, 'counted'> {
  line: Omit<PosLine, 'total_incl_tax' | 'total_excl_tax' | 'options' | 'discount'>
  discount: Exact
  options: { option: Omit<PosOption, 'total_incl_tax'>; price: Exact }[]
}

/**
 * All lines: products first, then the products of combos. Prices belong to these products, so a
 * combo is not a line.
 */
export function readLines(order: Json, status: OrderStatus, read: Reader): FoodicsLine[] {
  const products = read.entries('/order/products', order.products, true).map((entry) => readLine(entry, status, read))
  const combos = read
    .entries('/order/combos', order.combos, true)
    .flatMap((combo, index) => readCombo(combo, idOf(combo.json.id) ?? `#${index + 1}`, status, read))
  const lines = [...products, ...combos]
  if (lines.length > MAX_ENTRIES) read.report('/order/products', lines, 'fewer')
  nameLines(lines.map(({ line }) => line))
  return lines
}

/**
 * The line with its totals. The shares of options are parts of the line's total, so they never
 * exceed it. `isDiscounted`: the order has a discount of its own.
 */
export function finishLine(
  from: FoodicsLine,
  totals: { inclTax: Minor; exclTax: Minor },
  { digits, isDiscounted }: { digits: number; isDiscounted: boolean },
): PosLine {
  const prices = from.options.map((option) => option.price)
  const own = Math.max(
    0,
    prices.reduce((rest, price) => rest - price, from.price + from.discount),
  )
  const share = (amount: Minor) =>
    prices.some((price) => price > 0) ? allocate(amount, [own, ...prices]).slice(1) : prices
  const parts = share(totals.inclTax)
  const full = toMinor(from.price + from.addedTax + from.discount, digits)
  const fullParts = isDiscounted || from.discount > 0 ? share(full) : null
  return {
    ...from.line,
    total_incl_tax: totals.inclTax,
    total_excl_tax: totals.exclTax,
    discount: toMinor(from.discount, digits),
    ...(fullParts && { price_incl_tax: full }),
    options: from.options.map(({ option }, index) => ({
      ...option,
      total_incl_tax: parts[index] ?? 0,
      ...(fullParts && { price_incl_tax: fullParts[index] ?? 0 }),
    })),
  }
}

/** The code of a reward that was redeemed on this line or order. */
export function rewardCodeOf(json: Json): string | undefined {
  return idOf(objectOf(objectOf(objectOf(json.meta)?.foodics)?.loyalty)?.reward_code)
}

/**
 * The discount of a combo is spread over its products pro rata, unless their own discounts already
 * include it. Foodics multiplies the quantities of these products by that of the combo.
 */
function readCombo({ at, json }: Entry, comboId: string, status: OrderStatus, read: Reader): FoodicsLine[] {
  const children = read.entries(`${at}/products`, json.products, true).map((entry) => readLine(entry, status, read))
  const discount = read.amount(`${at}/discount_amount`, json.discount_amount)
  const live = children.filter((child) => child.line.status !== 'voided')
  const isSpread = live.reduce((sum, child) => sum + child.discount, 0) >= discount
  if (!isSpread) {
    const prices = live.map((child) => child.price)
    const parts = allocate(discount, prices)
    live.forEach((child, index) => {
      applyDiscount(child, Math.min(child.price, parts[index] ?? 0))
    })
  }
  const isRedemption = discount > 0 && isLoyalty(json)
  for (const { line } of children) {
    line.combo_id = comboId
    if (isRedemption && line.reward_code === undefined) line.is_redemption = true
  }
  return children
}

function isLoyalty(json: Json): boolean {
  return DISCOUNT_REASON.get(codeOf(json.discount_type) ?? 0) === 'loyalty_redemption'
}

function applyDiscount(child: FoodicsLine, off: Exact): void {
  if (off === 0) return
  const rest = child.price - off
  child.addedTax = prorate(child.addedTax, rest, child.price)
  child.priceExclTax = prorate(child.priceExclTax, rest, child.price)
  child.price = rest
  child.discount += off
}

function readLine(entry: Entry, order: OrderStatus, read: Reader): FoodicsLine {
  const { at, json } = entry
  const product = objectOf(json.product)
  const sku = idOf(product?.sku)
  const categoryId = idOf(objectOf(product?.category)?.id)
  const nameAr = textOf(product?.name_localized)
  const rewardCode = rewardCodeOf(json)
  const options = read.entries(`${at}/options`, json.options)
  const discount = read.amount(`${at}/discount_amount`, json.discount_amount)
  return {
    line: {
      id: idOf(json.id) ?? '',
      product_id: idOf(product?.id) ?? '',
      ...(sku && { sku }),
      ...(categoryId && { category_id: categoryId }),
      name: textOf(product?.name) ?? '',
      ...(nameAr && { name_ar: nameAr }),
      quantity: read.quantity(`${at}/quantity`, json.quantity),
      status: readStatus(`${at}/status`, json.status, order, read),
      ...(rewardCode && { reward_code: rewardCode }),
      ...(!rewardCode && discount > 0 && isLoyalty(json) && { is_redemption: true as const }),
    },
    ...readPrice(entry, options, read),
    discount,
    options: options.map((option) => readOption(option, read)),
  }
}

function readStatus(pointer: string, value: unknown, order: OrderStatus, read: Reader): LineStatus {
  const code = enumCodeOf(value)
  const own = code === undefined ? undefined : LINE_STATUS.get(code)
  if (code === undefined && !isAbsent(value)) read.report(pointer, value, LINE_STATUS_REMEDY)
  else if (code !== undefined && own === undefined) read.hasUnknown = true
  return lineStatus(own, order)
}

/** The menu ID, as for products: a return and its sale have it in common. */
function readOption({ at, json }: Entry, read: Reader): FoodicsLine['options'][number] {
  const option = objectOf(json.modifier_option)
  const quantity = isAbsent(json.quantity) ? 1000 : read.quantity(`${at}/quantity`, json.quantity)
  return {
    option: { id: idOf(option?.id) ?? idOf(json.id) ?? '', name: textOf(option?.name) ?? '', quantity },
    price: read.amount(`${at}/total_price`, json.total_price),
  }
}
