// The catalogue of the shops: rewards of each kind with many different terms, and the discount of
// each on a basket.
import type { NewReward } from '../../../contract/api/rewards.ts'
import { CATEGORY, MENU } from './menu.ts'
import { calculateBill, scaleOf } from './prices.ts'
import type { Line, Minor, Shop } from './types.ts'

export interface CatalogueReward {
  key: string
  price: number
  terms: Omit<NewReward, 'name' | 'program_id' | 'price' | 'branches'>
  /** Valid at the shop's home branch only. */
  isLocal?: true
}

/** The points program that the catalogue is priced in. */
export const PRICED_IN = 'points'

/** Discount of a completed stamp card, in minor units. */
export const CARD_WORTH = 400

/** Minimum order of the reward that has one. */
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

/** Rewards that customers want together with another one. */
export const COMPANY: readonly CatalogueReward[] = REWARDS.filter(
  ({ key }) => key === 'by-itself' || key === 'for-good',
)

/** A reward with a total limit; requested when nothing else happens. */
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

/** The goods to which a reward applies, by product or by category; either is enough. */
export interface GoodFor {
  products?: readonly string[]
  categories?: readonly string[]
}

/** Whether the reward applies to an item; to all items when it names none. */
export function isGoodFor({ products, categories }: GoodFor, { item }: Pick<Line, 'item'>): boolean {
  if (!products && !categories) return true
  return (products?.includes(item.product) ?? false) || (categories?.includes(item.category) ?? false)
}

/** The maximum discount on these lines; 0 when the reward applies to none of them. */
export function worthOf({ terms }: Pick<CatalogueReward, 'terms'>, shop: Shop, lines: readonly Line[]): Minor {
  const isOfProducts = terms.kind === 'fixed_products' || terms.kind === 'percent_products'
  const good = lines.filter((line) => !line.voided && isGoodFor(terms, line))
  const goods = isOfProducts ? Math.max(0, ...good.map(pieceOf)) : priceOf(shop, lines)
  if (terms.discount_amount !== undefined) return Math.min(goods, terms.discount_amount)
  const share = Math.floor((goods * (terms.percent ?? 0)) / 100)
  return Math.min(share, terms.max_discount_amount ?? share)
}

/** The price of one piece without its modifiers; a size that has the whole price counts. */
function pieceOf({ item, options, quantity }: Line): Minor {
  const each = item.price || options.reduce((sum, { option, quantity: n }) => sum + option.price * n, 0)
  return Math.floor((each * Math.min(quantity, 1000)) / 1000)
}

/**
 * Whether an order reaches the minimum of a reward; `unclear` near the minimum where tax is added
 * to prices.
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
  const bill = calculateBill(shop, standing, { discount: null, charge: 0, giftCard: 0, rounds: false })
  return bill.lines.reduce((sum, { price }) => sum + price, 0) / scaleOf(shop)
}
