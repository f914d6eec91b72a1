// Which of the possible rewards a customer picks, and which discount the till gives for it.

import { calculateBill, scaleOf } from './prices.ts'
import type { Random } from './random.ts'
import {
  CARD_WORTH,
  type CatalogueReward,
  isGoodFor,
  PRICED_IN,
  REWARDS,
  rewardOf,
  sizeFor,
  worthOf,
} from './rewards.ts'
import type { Extras, Minor, Shop, Ticket } from './types.ts'

/** What is claimed. */
export interface Pick {
  scheme: string
  /** A reward of the catalogue; null for cashback, a completed card and a use of a plan. */
  reward: string | null
  /** Cashback, in minor units. */
  amount: Minor | null
  /** Units that are held: 0 for a card, whose stamps are spent. */
  units: number
}

export interface Choice {
  pick: Pick
  discount: Minor
  /** The order is below the minimum. */
  isSmall?: boolean
}

/**
 * What the customer has, and whether the basket is exactly at the minimum of a reward, or close to
 * it.
 */
interface Means {
  has: ReadonlyMap<string, number>
  isExact: boolean
}

export function choose(random: Random, shop: Shop, { lines }: Ticket, { has, isExact }: Means): Choice | null {
  const choices = shop.schemes.flatMap(({ key, versions }): Choice[] => {
    const units = has.get(key) ?? 0
    const definition = versions.at(-1)?.definition
    const type = definition?.type
    const most = worthOf({ terms: { kind: 'percent_order', percent: 100 } }, shop, lines)
    if (definition?.type === 'cashback' && units > 0) {
      if (units < (definition.minimum_to_redeem ?? 0)) return []
      const amount = random.chance(60) ? units : random.int(1, Math.min(units, 2000))
      const part = random.chance(20) ? random.int(1, amount) : amount
      // Often exactly the maximum share of the order, or one minor unit more or less.
      const share =
        Math.round((most * (definition.maximum_share_basis_points ?? 10_000)) / 10_000) + random.pick([-1, 0, 0, 1])
      const discount = Math.min(most, share > 0 && share <= amount && random.chance(50) ? share : part)
      return [{ pick: { scheme: key, reward: null, amount, units: amount }, discount }]
    }
    if (definition?.type === 'subscription' && units > 0) {
      const { products, categories } = definition.plan
      const goods = {
        ...(products?.include && { products: products.include }),
        ...(categories?.include && { categories: categories.include }),
      }
      const worth = worthOf({ terms: { kind: 'percent_products', percent: 100, ...goods } }, shop, lines)
      return [{ pick: { scheme: key, reward: null, amount: null, units: 1 }, discount: Math.min(worth, 100) }]
    }
    if (type === 'stamps' && units > 0) {
      return [{ pick: { scheme: key, reward: null, amount: null, units: 0 }, discount: Math.min(most, CARD_WORTH) }]
    }
    return key !== PRICED_IN
      ? []
      : REWARDS.filter((one) => one.price <= units && sizeFor(one, shop, lines) !== 'unclear').map((reward) => ({
          pick: { scheme: key, reward: reward.key, amount: null, units: reward.price },
          discount: worthOf(reward, shop, lines),
          isSmall: sizeFor(reward, shop, lines) === 'small',
        }))
  })
  const good = choices.filter(({ discount }) => discount > 0)
  // Completed cards and plans are rare, and rewards for certain products fit few baskets, so
  // customers who can use one mostly do.
  const asked = good.filter(({ pick }) => rewardOf(pick.reward)?.terms.minimum_order_amount !== undefined)
  if (isExact && asked.length > 0 && random.chance(85)) return random.pick(asked)
  const divided = good.filter(({ pick }) => isDivided(shop, pick))
  if (divided.length > 0 && lines.length > 1 && random.chance(30)) return random.pick(divided)
  const rare = good.filter(({ pick }) => pick.reward === null && pick.amount === null)
  if (rare.length > 0 && random.chance(60)) return random.pick(rare)
  const ofGoods = good.filter(({ pick }) => isOfGoods(rewardOf(pick.reward)))
  if (ofGoods.length > 0 && random.chance(50)) return random.pick(ofGoods)
  return good.length > 0 ? random.pick(good) : null
}

/** The discount of the till and its line; null: on the order. */
interface Off {
  discount: Minor
  position: number | null
}

/**
 * A reward for certain products can be a discount of one line, where the format of the POS supports
 * it.
 */
export function takeOff(random: Random, shop: Shop, { lines }: Ticket, { pick, discount }: Choice): Off {
  const reward = rewardOf(pick.reward)
  if (shop.pos !== 'foodics' || !reward || !isOfGoods(reward) || random.chance(50)) return { discount, position: null }
  const position = lines.findIndex((line) => worthOf(reward, shop, [line]) > 0)
  const line = lines[position]
  return line ? { discount: worthOf(reward, shop, [line]), position } : { discount, position: null }
}

function isOfGoods(reward: CatalogueReward | undefined): boolean {
  return reward?.terms.products !== undefined || reward?.terms.categories !== undefined
}

/** Half of the tills name the product for which a reward was used. */
export function productsOf(
  random: Random,
  { reward: key }: Pick,
  { lines }: Ticket,
): readonly { product_id: string; quantity: number }[] | null {
  const reward = rewardOf(key)
  if (!reward || !isOfGoods(reward) || random.chance(50)) return null
  const line = lines.find((one) => !one.voided && isGoodFor(reward.terms, one))
  return line ? [{ product_id: line.item.product, quantity: 1 }] : null
}

export function withDiscount(shop: Shop, ticket: Ticket, { discount, position }: Off): Ticket {
  const extras: Extras = {
    discount: position === null && discount > 0 ? { kind: 'loyalty', amount: discount * scaleOf(shop) } : null,
    charge: 0,
    giftCard: 0,
    rounds: false,
  }
  const lines = ticket.lines.map((line, index) => (index === position ? { ...line, discount } : line))
  const bill = calculateBill(shop, lines, extras)
  const payments = bill.total > 0 ? [{ kind: 'card' as const, amount: bill.total, tips: 0 }] : []
  return { ...ticket, lines, extras, bill, payments }
}

/** Restores the share of the units that corresponds to the returned goods. */
export function isDivided({ schemes }: Shop, { scheme }: Pick): boolean {
  return schemes.some(({ key, versions }) => {
    const definition = versions.at(-1)?.definition
    return key === scheme && definition?.type === 'cashback' && definition.on_return === 'pro_rata'
  })
}
