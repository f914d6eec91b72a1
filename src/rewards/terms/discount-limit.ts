// The maximum that a claim may take off, by its terms and by what the goods of an order cost
// (pure).
import { isPercent } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import { type Minor, prorate } from '../../kernel/money.ts'

/** What the goods of an order cost before any discount, and on how many lines they are. */
export interface GoodsTotal {
  amount: Minor
  lines: number
}

/**
 * The maximum discount of a claim. Null if it depends on an order and none is known. A percentage
 * of the order is rounded up once a line, as POS systems do.
 */
export function maximumDiscount(terms: ClaimTerms, goods: GoodsTotal | null): Minor | null {
  if (!isPercent(terms)) return terms.discount_amount ?? null
  const { kind, percent = 0, max_discount_amount: cap } = terms
  if (kind !== 'percent_order' || !goods) return cap ?? null
  const share = prorate(goods.amount, percent, 100) + goods.lines
  return Math.min(share, cap ?? share)
}

/**
 * The lines of an order after all discounts, with the discount of each line, and the discounts of
 * the order, which are spread over the totals of the lines.
 */
interface DiscountedOrder {
  lines: readonly { total: Minor; discount: Minor }[]
  discounts: readonly { amount: Minor }[]
}

/** What the goods would have cost without any discount. */
export function goodsTotal({ lines, discounts }: DiscountedOrder): GoodsTotal {
  const discount = discounts.reduce((sum, one) => sum + one.amount, 0)
  return { amount: lines.reduce((sum, line) => sum + line.total + line.discount, 0) + discount, lines: lines.length }
}
