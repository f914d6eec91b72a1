// What is restored when the order of a redemption is returned, by the terms of the reward and the
// goods on which it was used.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drink, FAISAL, giveBack, line, northCoffee, ticket } from '../../../test/support/simulated-world.ts'
import { CATEGORY } from '../world/menu.ts'
import type { Shop, Ticket } from '../world/types.ts'
import type { Pick, Visit } from '../world/visits.ts'
import { spentOn } from './spent.ts'

const shop = northCoffee()
const karak = line(drink(1000, { product: 'karak', category: CATEGORY.hot }))
const espresso = line(drink(1000, { product: 'espresso', category: CATEGORY.hot }))
const cake = line(drink(3000, { product: 'cake', category: CATEGORY.bakery }))

/** A reward of the catalogue, redeemed at the till. */
function outcome(reward: string, orders: Ticket[], more: Partial<Visit> = {}) {
  const pick = { scheme: 'points', reward, amount: null, units: 25 }
  return spentOn(played(shop, pick, orders, more))
}

function played(at: Shop, pick: Pick, orders: Ticket[], more: Partial<Visit> = {}) {
  const [branch] = at.branches
  assert(branch)
  const story = { shop: at, orders: orders.map((one) => [one]) }
  const visit: Visit = {
    shop: at,
    person: FAISAL,
    branch,
    home: branch,
    pick,
    route: 'till',
    mistypes: false,
    discount: 0,
    told: 0,
    company: null,
    stray: null,
    products: null,
    hasMore: false,
    story,
    events: [],
    ...more,
  }
  return { visit, story }
}

const SPENT = { outcome: 'spent', spent: 25, held: 0 }
const BACK = { outcome: 'back', spent: 0, held: 0 }

test('a void always restores a reward; a return does not where on_return is never', () => {
  const sale = ticket(shop, [cake])
  const back = giveBack(shop, sale, [1000])
  assert.deepEqual(outcome('five-off', [sale]), SPENT)
  assert.deepEqual(outcome('five-off', [sale, back]), BACK)
  assert.deepEqual(outcome('for-good', [sale, back]), SPENT)
  assert.deepEqual(outcome('for-good', [{ ...sale, state: 'returned' }]), SPENT)
  assert.deepEqual(outcome('for-good', [{ ...sale, state: 'void' }, back]), BACK)
})

test('a reward for certain products is restored with them: those of the line that names it, else those of the till, else all', () => {
  const sale = ticket(shop, [karak, espresso, cake])
  const noKarak = giveBack(shop, sale, [1000, 0, 0])
  const noDrink = giveBack(shop, sale, [1000, 1000, 0])
  assert.deepEqual(outcome('free-drink', [sale, noKarak]), SPENT)
  assert.deepEqual(outcome('free-drink', [sale, noDrink]), BACK)
  const products = [{ product_id: 'karak', quantity: 1 }]
  assert.deepEqual(outcome('free-drink', [sale, noKarak], { products }), BACK)
  const marked = ticket(shop, [karak, { ...espresso, rewardCode: '12345678' }, cake])
  assert.deepEqual(outcome('free-drink', [marked, noKarak], { products }), SPENT)
})

test('a use of a plan is restored with the products of the plan', () => {
  const plan = { products_bought: ['plan'], period: { unit: 'week' as const, count: 1 }, uses_per_period: 5 }
  const good = { ...plan, categories: { include: [CATEGORY.hot] } }
  const schemes = [{ key: 'plan', versions: [{ from: 0, definition: { type: 'subscription' as const, plan: good } }] }]
  const bar = northCoffee({ schemes: schemes.map((scheme) => ({ ...scheme, endsAt: null })) })
  const sale = ticket(bar, [karak, cake])
  const pick = { scheme: 'plan', reward: null, amount: null, units: 1 }
  assert.equal(spentOn(played(bar, pick, [sale, giveBack(bar, sale, [1000, 0])])).outcome, 'back')
  assert.equal(spentOn(played(bar, pick, [sale, giveBack(bar, sale, [0, 1000])])).outcome, 'spent')
})

test('cashback is restored in proportion where on_return is pro_rata', () => {
  const definition = {
    type: 'cashback' as const,
    rules: [{ id: 'share', earn: { kind: 'percent' as const, basis_points: 500 } }],
    on_return: 'pro_rata' as const,
  }
  const bar = northCoffee({ schemes: [{ key: 'cashback', versions: [{ from: 0, definition }], endsAt: null }] })
  const sale = ticket(bar, [karak, cake])
  const pick = { scheme: 'cashback', reward: null, amount: 101, units: 101 }
  const of = (quantities: number[]) =>
    spentOn(played(bar, pick, [sale, giveBack(bar, sale, quantities)], { discount: 101, told: 101 }))
  // Of 40.00, the cake's 30.00 is returned: 25.25 stays spent; the other way round 75.75.
  assert.deepEqual(of([0, 1000]), { outcome: 'spent', spent: 25, held: 0 })
  assert.deepEqual(of([1000, 0]), { outcome: 'spent', spent: 76, held: 0 })
  assert.deepEqual(of([1000, 1000]), BACK)
})
