// Flags of orders: the till's amount differs from that of the order, or the order violates the
// terms of a reward.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drink, FAISAL, line, northCoffee, ticket } from '../../../test/support/simulated-world.ts'
import type { Extras, Shop, Ticket } from '../world/types.ts'
import type { Pick } from '../world/visits.ts'
import { flagsExpected } from './flags.ts'
import type { Played } from './spent.ts'

const shop = northCoffee()

/** A reward that the till redeemed for an order of 40.00, with this discount. */
function flags(pick: Partial<Pick>, told: number, more: Partial<Ticket>, at: Shop = shop): string[] {
  const [branch] = at.branches
  assert(branch)
  const sale = ticket(at, [line(drink(4000))], more, loyalty(500))
  const story = { shop: at, orders: [[sale]] }
  const visit: Played['visit'] = {
    shop: at,
    person: FAISAL,
    branch,
    home: branch,
    route: 'till',
    mistypes: false,
    discount: 500,
    told,
    pick: { scheme: 'points', reward: null, amount: null, units: 20, ...pick },
    company: null,
    stray: null,
    products: null,
    hasMore: false,
    story,
    events: [],
  }
  return flagsExpected([{ visit, story, claimId: 'sample' }]).get(sale.id) ?? []
}

function loyalty(amount: number): Partial<Extras> {
  return { discount: { kind: 'loyalty', amount: amount * 1000 } }
}

test('the discount of the till must be that of the order', () => {
  const named = { rewardCode: '12345678' }
  assert.deepEqual(flags({ reward: 'five-off' }, 500, named), [])
  assert.deepEqual(flags({ reward: 'five-off' }, 499, named), ['discount_differs'])
  assert.deepEqual(flags({ reward: 'by-itself' }, 150, named), ['discount_differs', 'discount_too_high'])
  assert.deepEqual(flags({ reward: 'five-off' }, 500, { extras: { ...ticket(shop, []).extras } }), [
    'discount_not_in_order',
  ])
  assert.deepEqual(flags({ reward: 'five-off' }, 499, { ...named, state: 'void' }), [])
})

test('cashback pays at most its share of the goods before discounts, to the halala', () => {
  const share = (maximum_share_basis_points: number) => {
    const rules = [{ id: 'share', earn: { kind: 'percent' as const, basis_points: 500 } }]
    const definition = { type: 'cashback' as const, rules, maximum_share_basis_points }
    return northCoffee({ schemes: [{ key: 'cashback', versions: [{ from: 0, definition }], endsAt: null }] })
  }
  const pick = { scheme: 'cashback', amount: 500 }
  // 12.5 % of 40.00 is 5.00, and 12.48 % is 4.992.
  assert.deepEqual(flags(pick, 500, { rewardCode: '12345678' }, share(1250)), [])
  assert.deepEqual(flags(pick, 500, { rewardCode: '12345678' }, share(1248)), ['share_too_high'])
})
