// Reads the prices of a Foodics line, option or charge: with tax included or with tax on top,
// depending on the business.
import { type Exact, MAX_EXACT } from '../../toolkit/amounts.ts'
import type { BillLine } from '../../toolkit/apportion.ts'
import { objectOf } from '../../toolkit/clean.ts'
import { isAbsent } from '../../toolkit/problems.ts'
import type { Entry, Reader } from '../../toolkit/reader.ts'

/**
 * Where prices include tax, `tax_exclusive_total_price` is less than `total_price`. Where they do
 * not, both are equal, and the taxes of the line and its options are added; untaxed goods have
 * none, and both readings agree.
 */
export function readPrice({ at, json }: Entry, options: Entry[], read: Reader): Omit<BillLine, 'counted'> {
  const price = read.requiredAmount(`${at}/total_price`, json.total_price)
  const stated = json.tax_exclusive_total_price
  const priceExclTax = read.amount(`${at}/tax_exclusive_total_price`, stated)
  if (!isAbsent(stated) && priceExclTax < price) return { price, addedTax: 0, priceExclTax }
  const tax = taxesOf([{ at, json }, ...options], read)
  if (!isAbsent(stated)) return { price, addedTax: tax, priceExclTax: price }
  return { price, addedTax: 0, priceExclTax: Math.max(0, price - tax) }
}

/** The amount of a charge with tax, by the same rule as for a line. */
export function readCharge({ at, json }: Entry, read: Reader): Exact {
  const amount = read.amount(`${at}/amount`, json.amount)
  const stated = json.tax_exclusive_amount
  const taxIncluded = isAbsent(stated) || read.amount(`${at}/tax_exclusive_amount`, stated) < amount
  return taxIncluded ? amount : amount + taxesOf([{ at, json }], read)
}

function taxesOf(entries: readonly Entry[], read: Reader): Exact {
  let sum = 0
  for (const { at, json } of entries) {
    for (const tax of read.entries(`${at}/taxes`, json.taxes)) {
      sum += read.amount(`${tax.at}/pivot/amount`, objectOf(tax.json.pivot)?.amount)
    }
  }
  return Math.min(sum, MAX_EXACT)
}
