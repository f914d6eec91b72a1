// What the shops' customers buy with points: rewards of each kind and on all sorts of terms, and
// what each takes off a basket.
import type { NewReward } from '../../../contract/api/rewards.ts'
import { CATEGORY, MENU } from './menu.ts'
import { reckon, scaleOf } from './prices.ts'
import type { Line, Minor, Shop } from './types.ts'

export interface CatalogueReward {
  key: string
  price: number
  terms: Omit<NewReward, 'name' | 'program_id' | 'price' | 'branches'>
  /** Good at the shop's home branch alone. */
  isLocal?: true
}

/** The points program that the catalogue is priced in. */
export const PRICED_IN = 'points'

/** What a full stamp card takes off, in minor units. */
export const CARD_WORTH = 400

/** What an order must come to for the reward that asks for it. */
export const LEAST_ORDER = 3000

export const REWARDS: readonly CatalogueReward[] = [
  { key: 'five-off', price: 20, terms: { kind: 'fixed_order', discount_amount: 500, limits: { per_customer: 1 } } },
  {
    key: 'tenth-off',
    price: 30,
    terms: { kind: 'percent_order', percent: 10, max_discount_amount: 2000, minimum_order_amount: LEAST_ORDER },
  },
  {
    key: 'off-bakery',
    price: 15,
    terms: { kind: 'fixed_products', discount_amount: 300, categories: [CATEGORY.bakery] },
  },
  {
    key: 'free-drink',
    price: 25,
    terms: { kind: 'percent_products', percent: 100, products: productsOf(CATEGORY.hot) },
  },
  { key: 'for-good', price: 10, terms: { kind: 'fixed_order', discount_amount: 200, on_return: 'never' } },
  { key: 'by-itself', price: 14, terms: { kind: 'fixed_order', discount_amount: 150, combinable: false } },
  { key: 'here-alone', price: 12, terms: { kind: 'fixed_order', discount_amount: 300 }, isLocal: true },
  { key: 'by-day', price: 12, terms: { kind: 'fixed_order', discount_amount: 250, hours: [hours('06:00', '18:00')] } },
  {
    key: 'by-night',
    price: 12,
    terms: { kind: 'fixed_order', discount_amount: 250, hours: [hours('18:00', '06:00')] },
  },
]

/** Rewards that are wanted together with another one. */
export const COMPANY: readonly CatalogueReward[] = REWARDS.filter(
  ({ key }) => key === 'by-itself' || key === 'for-good',
)

/** Of which there are few in all; wanted when all else is quiet. */
export const LAST_ONES: CatalogueReward & { inAll: number } = {
  key: 'last-ones',
  price: 5,
  inAll: 3,
  terms: { kind: 'fixed_order', discount_amount: 100, limits: { in_all: 3 } },
}

export function rewardOf(key: string | null): CatalogueReward | undefined {
  return REWARDS.find((reward) => reward.key === key)
}

function productsOf(category: string): string[] {
  return MENU.filter((item) => item.category === category).map(({ product }) => product)
}

function hours(from: string, to: string) {
  return { from, to }
}

/** The goods that something is good for: by product or by category, either is enough. */
export interface GoodFor {
  products?: readonly string[]
  categories?: readonly string[]
}

/** Whether it is good for an item; for all of them when it names none. */
export function isGoodFor({ products, categories }: GoodFor, { item }: Pick<Line, 'item'>): boolean {
  if (!products && !categories) return true
  return (products?.includes(item.product) ?? false) || (categories?.includes(item.category) ?? false)
}

/** The most that it takes off these lines; 0 when it is good for none of them. */
export function worthOf({ terms }: Pick<CatalogueReward, 'terms'>, shop: Shop, lines: readonly Line[]): Minor {
  const isOfProducts = terms.kind === 'fixed_products' || terms.kind === 'percent_products'
  const good = lines.filter((line) => !line.voided && isGoodFor(terms, line))
  const goods = isOfProducts ? Math.max(0, ...good.map(pieceOf)) : priceOf(shop, lines)
  if (terms.discount_amount !== undefined) return Math.min(goods, terms.discount_amount)
  const share = Math.floor((goods * (terms.percent ?? 0)) / 100)
  return Math.min(share, terms.max_discount_amount ?? share)
}

/** One piece without its modifiers; a size that carries the whole price is the price. */
function pieceOf({ item, options, quantity }: Line): Minor {
  const each = item.price || options.reduce((sum, { option, quantity: n }) => sum + option.price * n, 0)
  return Math.floor((each * Math.min(quantity, 1000)) / 1000)
}

/**
 * Whether an order is large enough for a reward; `unclear` near its minimum where tax comes on top.
 */
export function sizeFor(
  { terms }: CatalogueReward,
  shop: Shop,
  lines: readonly Line[],
): 'enough' | 'small' | 'unclear' {
  const minimum = terms.minimum_order_amount ?? 0
  const goods = priceOf(shop, lines)
  if (goods >= minimum) return 'enough'
  return goods * (shop.taxIncluded ? 1 : 1.2) < minimum ? 'small' : 'unclear'
}

/** In the menu's prices. */
function priceOf(shop: Shop, lines: readonly Line[]): Minor {
  const standing = lines.filter(({ voided }) => !voided)
  const bill = reckon(shop, standing, { discount: null, charge: 0, giftCard: 0, rounds: false })
  return bill.lines.reduce((sum, { price }) => sum + price, 0) / scaleOf(shop)
}
