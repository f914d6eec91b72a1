// The arithmetic of a till: what each line costs, how a discount and taxes are spread, what the
// customer pays.
import type { Bill, BillLine, Exact, Extras, Item, Line, Minor, Shop } from './types.ts'

/** How many hundred-thousandths one minor unit is. */
export function scaleOf({ digits }: Pick<Shop, 'digits'>): number {
  return 10 ** (5 - digits)
}

/** Calculates like Foodics: taxes after all discounts, rounded to the fifth decimal. */
export function calculateBill(shop: Shop, lines: readonly Line[], extras: Extras): Bill {
  const prices = lines.map((line) => priceOf(shop, line) * scaleOf(shop))
  const counted = prices.map((price, index) => (lines[index]?.voided ? 0 : price))
  const goods = sum(counted)
  const discount = Math.min(extras.discount?.amount ?? 0, goods)
  const offs = spread(discount, counted)
  const billed = lines.map(({ item }, index) => taxLine(rateOf(shop, item), prices[index] ?? 0, offs[index] ?? 0))
  const ofCounted = (read: (line: BillLine) => Exact) =>
    sum(billed.map((line, i) => (lines[i]?.voided ? 0 : read(line))))
  const charge = calculateCharge(shop, extras.charge)
  const giftCard = extras.giftCard * scaleOf(shop)
  const before = goods - discount + ofCounted((line) => line.addedTax) + charge.whole + giftCard
  const step = shop.taxIncluded ? 10_000 : scaleOf(shop)
  const rounding = extras.rounds ? Math.round(before / step) * step - before : 0
  return {
    lines: billed,
    discount,
    discountNet: ofCounted(({ discountNet }) => discountNet),
    charge,
    giftCard,
    rounding,
    subtotalNet: ofCounted((line) => line.net),
    total: before + rounding,
  }
}

/** In whole minor units: the till rounds prices of weighed goods to the nearest. */
function priceOf(_shop: Shop, { item, quantity, options, discount }: Line): Minor {
  const each = item.price + sum(options.map(({ option, quantity: pieces }) => option.price * pieces))
  return Math.max(0, Math.round((each * quantity) / 1000) - discount)
}

/** How a line is taxed. */
interface Rate {
  included: boolean
  percent: number
}

function rateOf({ taxIncluded, taxPercent }: Shop, { taxFree }: Pick<Item, 'taxFree'>): Rate {
  return { included: taxIncluded, percent: taxFree ? 0 : taxPercent }
}

function taxLine({ included, percent }: Rate, price: Exact, off: Exact): BillLine {
  if (included) {
    const net = withoutTax(percent, price)
    return { price, off, addedTax: 0, net, tax: price - net, discountNet: withoutTax(percent, off) }
  }
  const tax = Math.round(((price - off) * percent) / 100)
  return { price, off, addedTax: tax, net: price, tax, discountNet: off }
}

function calculateCharge(shop: Shop, printed: Exact): Bill['charge'] {
  if (shop.taxIncluded) {
    const net = withoutTax(shop.taxPercent, printed)
    return { printed, net, tax: printed - net, whole: printed }
  }
  const tax = Math.round((printed * shop.taxPercent) / 100)
  return { printed, net: printed, tax, whole: printed + tax }
}

function withoutTax(percent: number, gross: Exact): Exact {
  return Math.round((gross * 100) / (100 + percent))
}

/**
 * Divides pro rata without remainder: the rest goes to the parts with the largest remainders, the
 * first of equal ones.
 */
function spread(total: Exact, weights: readonly Exact[]): Exact[] {
  const whole = sum(weights)
  if (whole === 0 || total === 0) return weights.map(() => 0)
  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight)
    return { index, part: Number(product / BigInt(whole)), rest: Number(product % BigInt(whole)) }
  })
  let over = total - sum(shares.map(({ part }) => part))
  for (const share of [...shares].sort((a, b) => b.rest - a.rest || a.index - b.index)) {
    if (over-- <= 0) break
    share.part += 1
  }
  return shares.map(({ part }) => part)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
