// Sample programs and baskets for tests: plain cases that a test changes where it has something to say.
import { type Definition, type DefinitionInput, type Rule, readDefinition } from '../../contract/program.ts'
import { ZERO } from '../kernel/rational.ts'
import type { Basket, BasketLine } from './basket.ts'
import { type Decision, evaluate, type Facts } from './evaluate.ts'

/** A definition as it is stored; throws when it is not one. */
export function definitionOf(input: DefinitionInput): Definition {
  const read = readDefinition(input)
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems))
  return read.definition
}

type Options = Omit<Extract<DefinitionInput, { type: 'points' }>, 'type' | 'rules'>

/** Points by these rules. */
export function pointsBy(rules: Rule[], options: Options = {}): Definition {
  return definitionOf({ type: 'points', rules, ...options })
}

/** The programs of North Coffee: 1 point per 1.00, a stamp for each hot drink with a card of 6, 5 % cashback. */
export const NORTH_COFFEE = {
  points: pointsBy([{ id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } }]),
  stamps: definitionOf({
    type: 'stamps',
    rules: [{ id: 'drink', when: { categories: { include: ['_7ad32937'] } }, earn: { kind: 'per_item', units: 1 } }],
    goal: 6,
    reward: { name: { en: 'Free drink', ar: 'مشروب مجاني' } },
  }),
  cashback: definitionOf({ type: 'cashback', rules: [{ id: 'five', earn: { kind: 'percent', basis_points: 500 } }] }),
}

/** A plan of 30 coffees a month, bought as one product. */
export const COFFEE_PLAN = definitionOf({
  type: 'subscription',
  plan: { products_bought: ['plan-30'], period: { unit: 'month', count: 1 }, uses_per_period: 30 },
})

/** One hot drink that cost `inclTax` minor units, 15 % tax in it. */
export function line(inclTax: number, more: Partial<BasketLine> = {}): BasketLine {
  const exclTax = Math.round(inclTax / 1.15)
  const pieces = more.quantity ?? 1000
  return {
    productId: 'latte',
    categoryId: '_7ad32937',
    name: 'Latte',
    quantity: pieces,
    pieces,
    inclTax,
    exclTax,
    ...more,
  }
}

/** Paid in cash on Sunday 2023-01-01 at 18:06 in Riyadh, by a customer who has ordered before. */
export function basketOf(lines: BasketLine[], more: Partial<Basket> = {}): Basket {
  return {
    paidAt: Date.parse('2023-01-01T15:06:16Z'),
    businessDate: '2023-01-01',
    local: { weekday: 7, minute: 18 * 60 + 6 },
    branchId: '01890a5d-ac96-774b-bcce-b302099a8057',
    orderType: 'pick_up',
    channel: 'cashier',
    currency: 'SAR',
    lines,
    paymentKinds: ['cash'],
    firstOrder: false,
    birthDate: null,
    ...more,
  }
}

/** Judged with nothing carried in and no caps over several orders. */
export function judged(definition: Definition, basket: Basket, facts: Partial<Facts> = {}): Decision {
  return evaluate({ definition }, basket, { capRoom: null, carryIn: ZERO, ...facts })
}
