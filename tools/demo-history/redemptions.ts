// Visits on which a customer uses what they earned: a claim, the cashier's redeem call, the order.
import type { Random } from '../simulator/world/random.ts'
import { basketOf, type Line, totalOf } from './basket.ts'
import { type Branch, HOT, MENU } from './menu.ts'
import { type Body, earn, orderOf, riyals } from './orders.ts'
import type { Person } from './people.ts'
import type { Step } from './recording.ts'

interface Visit {
  at: number
  branch: Branch
  person: Person
}

/** Units that stay in the balance, because a return may have taken some. */
const RESERVE = 15

/** Null when the customer has nothing to use, or does not want to. */
export function redeem(random: Random, visit: Visit): Step[] | null {
  const { person } = visit
  if (person.stamps >= 6 && random.chance(55)) {
    person.stamps -= 6
    return freeDrink(random, visit, 'stamps')
  }
  if (person.points >= 120 + RESERVE && random.chance(22)) {
    person.points -= 120
    return freeDrink(random, visit, 'coffee')
  }
  if (person.points >= 60 + RESERVE && random.chance(10)) {
    person.points -= 60
    return withDiscount(random, visit, 'fiveOff', () => 500)
  }
  if (person.points >= 90 + RESERVE && random.chance(8)) {
    person.points -= 90
    return withDiscount(random, visit, 'tenPercent', (total) => Math.min(2000, Math.round(total / 10)))
  }
  if (person.cashback >= 1200 && random.chance(14)) {
    const amount = Math.floor((person.cashback - 200) / 100) * 100
    person.cashback -= amount
    return withDiscount(random, visit, 'cashback', (total) => Math.min(amount, total), amount)
  }
  return null
}

/** A drink of the day from the plan. */
export function planUse(random: Random, visit: Visit): Step[] {
  return freeDrink(random, visit, 'subscription')
}

function freeDrink(random: Random, visit: Visit, pick: string): Step[] {
  const hot = MENU.filter(([, { category }]) => category === HOT)
  const drink: Line = { item: random.weighted(hot), quantity: 1 }
  const others = random.chance(45) ? basketOf(random, visit.person).filter(({ item }) => item.id !== drink.item.id) : []
  const lines = [drink, ...others]
  return used(random, visit, { pick, lines, amount: drink.item.price, product: drink.item.id })
}

function withDiscount(
  random: Random,
  visit: Visit,
  pick: string,
  discountOf: (total: number) => number,
  claimed?: number,
): Step[] {
  const lines = basketOf(random, visit.person)
  return used(random, visit, { pick, lines, amount: discountOf(totalOf(lines)), ...(claimed && { claimed }) })
}

interface Use {
  pick: string
  lines: Line[]
  /** What is taken off, in halalas. */
  amount: number
  product?: string
  /** Of cashback: what the customer asked for. */
  claimed?: number
}

function used(random: Random, visit: Visit, { pick, lines, amount, product, claimed }: Use): Step[] {
  const { person, branch } = visit
  const order = orderOf(random, { ...visit, lines, discount: { amount, code: '$code' } })
  earn(person, lines, totalOf(lines) - amount)
  // The free drink earns no stamp.
  if (product !== undefined) person.stamps -= 1
  const claim: Step = { claim: { phone: person.phone, pick, ...(claimed && { amount: claimed }) } }
  return [claim, redemptionOf(order, { person, branch, amount, product }), { order }]
}

function redemptionOf(
  { order }: Body,
  { person, branch, amount, product }: { person: Person; branch: Branch; amount: number; product: string | undefined },
): Step {
  return {
    redeem: {
      business_reference: 'demo',
      reward_code: '$code',
      customer_mobile_number: person.phone.slice(4),
      mobile_country_code: 966,
      order_id: order.id,
      discount_amount: riyals(amount),
      branch_id: branch.id,
      user_id: order.closed_by.id,
      date: order.closed_at,
      ...(product !== undefined && { redeemed_products: [{ product_id: product, quantity: 1 }] }),
    },
  }
}
