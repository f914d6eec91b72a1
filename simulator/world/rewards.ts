// What the shops' customers buy with points: one reward of each kind, and what each takes off a basket.
import type { NewReward } from '../../contract/api/rewards.ts'
import { CATEGORY, MENU } from './menu.ts'
import { reckon, scaleOf } from './reckon.ts'
import type { Line, Minor, Shop } from './types.ts'

export interface CatalogueReward {
  key: string
  price: number
  terms: Omit<NewReward, 'name' | 'program_id' | 'price'>
}

/** The points program that the catalogue is priced in. */
export const PRICED_IN = 'points'

/** What a full stamp card takes off, in minor units. */
export const CARD_WORTH = 400

export const REWARDS: readonly CatalogueReward[] = [
  { key: 'five-off', price: 20, terms: { kind: 'fixed_order', discount_amount: 500 } },
  { key: 'tenth-off', price: 30, terms: { kind: 'percent_order', percent: 10, max_discount_amount: 2000 } },
  {
    key: 'off-bakery',
    price: 15,
    terms: { kind: 'fixed_products', discount_amount: 300, products: productsOf(CATEGORY.bakery) },
  },
  {
    key: 'free-drink',
    price: 25,
    terms: { kind: 'percent_products', percent: 100, products: productsOf(CATEGORY.hot) },
  },
]

function productsOf(category: string): string[] {
  return MENU.filter((item) => item.category === category).map(({ product }) => product)
}

/** The most that it takes off these lines; 0 when it is good for none of them. */
export function worthOf({ terms }: Pick<CatalogueReward, 'terms'>, shop: Shop, lines: readonly Line[]): Minor {
  const good = lines.filter(({ item, voided }) => !voided && (terms.products?.includes(item.product) ?? true))
  const bill = reckon(shop, good, { discount: null, charge: 0, giftCard: 0, rounds: false })
  const goods = bill.lines.reduce((sum, { price }) => sum + price, 0) / scaleOf(shop)
  if (terms.discount_amount !== undefined) return Math.min(goods, terms.discount_amount)
  const share = Math.floor((goods * (terms.percent ?? 0)) / 100)
  return Math.min(share, terms.max_discount_amount ?? share)
}
