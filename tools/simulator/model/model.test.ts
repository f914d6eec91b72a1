// The model on the numbers of the engine's tests (North Coffee), and on cases that those leave out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drink, giveBack, line, northCoffee, ticket } from '../../../test/support/simulated-world.ts'
import type { Scheme, Shop, Story, Ticket } from '../world/types.ts'
import { expect } from './model.ts'
import { remainingOf } from './remaining.ts'

const NOW = Date.parse('2023-06-01T00:00:00Z')

const blueNorth = drink(0, { options: [] })
const large = { id: 'l', name: 'Sample Large', nameAr: 'كبير', price: 2400 }
const seedLine = line(blueNorth, 1000, { options: [{ option: large, quantity: 1 }] })

function story(shop: Shop, ...orders: (Ticket | Ticket[])[]): Story {
  return { shop, orders: orders.map((order) => [order].flat()) }
}

/** The expected balances of Sample Customer 1, by program. */
function must(shop: Shop, ...stories: Story[]): Record<string, number> {
  const expected = expect({ seed: 'test', shops: [shop], stories }, [], NOW)
  return Object.fromEntries(expected.map(({ scheme, available }) => [scheme, available]))
}

const north = northCoffee()
const seed = ticket(north, [seedLine])

test('V1: a drink for 24.00, priced by its size', () => {
  assert.deepEqual(must(north, story(north, seed)), { points: 24, stamps: 1, cashback: 120 })
})

test('V3: everything is returned', () => {
  assert.deepEqual(must(north, story(north, seed, giveBack(north, seed, [1000]))), {
    points: 0,
    stamps: 0,
    cashback: 0,
  })
})

test('V5: two drinks at 10.75, returned one by one', () => {
  const sale = ticket(north, [line(drink(1075), 2000)])
  const one = giveBack(north, sale, [1000], 'return-1')
  const other = giveBack(north, sale, [1000], 'return-2')
  assert.deepEqual(must(north, story(north, sale)), { points: 21, stamps: 2, cashback: 107 })
  assert.deepEqual(must(north, story(north, sale, one)), { points: 10, stamps: 1, cashback: 53 })
  assert.deepEqual(must(north, story(north, sale, one, other)), { points: 0, stamps: 0, cashback: 0 })
})

test('V6: half of a discounted order is returned', () => {
  const discount = { kind: 'open' as const, amount: 1_000_000 }
  const sale = ticket(north, [line(drink(5000), 2000)], {}, { discount })
  const kept = must(north, story(north, sale, giveBack(north, sale, [1000])))
  assert.deepEqual([must(north, story(north, sale)).points, kept.points, kept.cashback], [90, 45, 225])
})

test('V7: only the last ticket of an order counts', () => {
  const paid = ticket(north, [line(drink(3000))])
  const opened: Ticket = { ...paid, state: 'open', closedAt: null }
  const { points, cashback } = must(north, story(north, [opened, paid]))
  assert.deepEqual({ points, cashback }, { points: 30, cashback: 150 })
  assert.equal(must(north, story(north, [opened])).points, 0)
})

test('V8: the customer is attached late', () => {
  assert.equal(must(north, story(north, [{ ...seed, customer: null }])).points, 0)
  assert.equal(must(north, story(north, [{ ...seed, customer: null }, seed])).points, 24)
})

test('V9: a voided line keeps its price and counts for nothing', () => {
  const sale = ticket(north, [line(drink(1200)), line(drink(800), 1000, { voided: true })])
  assert.deepEqual(must(north, story(north, sale)), { points: 12, stamps: 1, cashback: 60 })
})

test('V11: an hour after midnight belongs to the day before, and to its cap', () => {
  const caps = { per_customer: { day: 50 } }
  const capped: Scheme[] = [
    scheme({ type: 'points', rules: [{ id: 'a', earn: { kind: 'per_order', units: 40 } }], caps }),
  ]
  const shop = northCoffee({ schemes: capped, takesBack: false })
  const evening = ticket(shop, [seedLine], { id: 'a', closedAt: Date.parse('2023-01-01T19:00:00Z') })
  const night = ticket(shop, [seedLine], { id: 'b', closedAt: Date.parse('2023-01-01T23:30:00Z') })
  const nextDay = { ...night, businessDate: '2023-01-02' }
  assert.equal(must(shop, story(shop, evening), story(shop, night)).points, 50)
  assert.equal(must(shop, story(shop, evening), story(shop, nextDay)).points, 80)
})

test('V12: prices without tax', () => {
  const shop = northCoffee({ taxIncluded: false })
  assert.deepEqual(must(shop, story(shop, ticket(shop, [line(drink(5000), 4000)]))), {
    points: 230,
    stamps: 4,
    cashback: 1150,
  })
})

test('a refund by amount reduces all goods, to the last halala', () => {
  const sale = ticket(north, [line(drink(1000)), line(drink(2001))], {
    refunds: [{ id: 'r', at: 0, lines: [], amount: 1000 }],
  })
  // 30.01 less 10.00; of 3.33 and 6.67 neither drink is whole any more: 0.667 and 0.667 of a stamp.
  assert.deepEqual(must(north, story(north, sale)), { points: 20, stamps: 1, cashback: 100 })
})

test('what was paid with loyalty earns nothing', () => {
  const sale = ticket(north, [line(drink(3000))], { payments: [{ kind: 'loyalty', amount: 1_000_000, tips: 0 }] })
  assert.deepEqual(must(north, story(north, sale)), { points: 20, stamps: 1, cashback: 100 })
})

test('stamps fill cards oldest first, and a card keeps the goal under which it was begun', () => {
  const later = Date.parse('2023-02-01T00:00:00Z')
  const [, stamps] = north.schemes
  const definition = stamps?.versions[0]?.definition
  assert(definition?.type === 'stamps')
  const versions = [
    { from: 0, definition },
    { from: later, definition: { ...definition, goal: 4 } },
  ]
  const shop = northCoffee({ schemes: [{ key: 'stamps', versions, endsAt: null }] })
  const first = ticket(shop, [line(drink(1000), 5000)], { id: 'a' })
  const second = ticket(shop, [line(drink(1000), 8000)], { id: 'b', closedAt: later })
  // 5 and 1 fill the first card of 6; of the other 7, a card of 4 and 3 of the next.
  assert.equal(must(shop, story(shop, first), story(shop, second)).stamps, 3)
})

test('the first order is the earliest that was not returned', () => {
  const rules = [{ id: 'w', when: { first_order: true as const }, earn: { kind: 'per_order' as const, units: 50 } }]
  const shop = northCoffee({ schemes: [scheme({ type: 'points', rules })] })
  const first = ticket(shop, [seedLine], { id: 'a' })
  const second = ticket(shop, [seedLine], { id: 'b', closedAt: Date.parse('2023-01-02T10:00:00Z') })
  assert.equal(must(shop, story(shop, second), story(shop, first)).points, 50)
  assert.equal(must(shop, story(shop, second), story(shop, first, giveBack(shop, first, [1000]))).points, 50)
})

test('hours that pass midnight belong to the weekday on which they began', () => {
  const when = { weekdays: ['sun' as const], hours: [{ from: '22:00', to: '02:00' }] }
  const shop = northCoffee({
    schemes: [scheme({ type: 'points', rules: [{ id: 'n', when, earn: { kind: 'per_order', units: 1 } }] })],
  })
  const at = (time: string) => must(shop, story(shop, ticket(shop, [seedLine], { closedAt: Date.parse(time) }))).points
  assert.equal(at('2023-01-01T22:30:00Z'), 1, 'Monday, 01:30 in Riyadh: the night of Sunday')
  assert.equal(at('2023-01-01T19:00:00Z'), 1, 'Sunday, 22:00')
  assert.equal(at('2022-12-31T22:30:00Z'), 0, 'Sunday, 01:30: the night of Saturday')
  assert.equal(at('2023-01-01T23:00:00Z'), 0, 'Monday, 02:00 sharp')
})

test('a plan grants the uses of its present period', () => {
  const plan = {
    products_bought: ['plan'],
    period: { unit: 'month' as const, count: 1 },
    periods: 12,
    uses_per_period: 30,
  }
  const shop = northCoffee({ schemes: [scheme({ type: 'subscription', plan })] })
  const sale = ticket(shop, [line(drink(100, { product: 'plan' }), 2000)])
  assert.equal(must(shop, story(shop, sale)).subscription, 60)
  assert.equal(must(shop, story(shop, sale, giveBack(shop, sale, [1000]))).subscription, 30)
})

function scheme(definition: Scheme['versions'][number]['definition']): Scheme {
  return { key: definition.type, versions: [{ from: 0, definition }], endsAt: null }
}

test('a discount on goods without tax keeps their proportions, however the till rounded its parts', () => {
  const shop = northCoffee({ taxIncluded: false, digits: 3, currency: 'OMR' })
  const lines = [line(drink(1150, { taxFree: true })), line(drink(9550, { taxFree: true }), 1150)]
  const sale = ticket(shop, lines, {}, { discount: { kind: 'open', amount: 182_000 } })
  // 10.313 as 1.150 to 10.983: 0.97749 and 9.33551. The till printed parts of 0.17250 and 1.64750
  // off, which makes it a draw.
  assert.deepEqual(
    remainingOf(shop, sale, []).map(({ withTax }) => withTax),
    [977, 9336],
  )
})

test('a rule for some branches applies only there', () => {
  const rules = (branches: string[]) => [
    { id: 'here', when: { branches }, earn: { kind: 'per_order' as const, units: 7 } },
  ]
  const at = (branches: string[]) => {
    const shop = northCoffee({ schemes: [scheme({ type: 'points', rules: rules(branches) })] })
    return must(shop, story(shop, ticket(shop, [seedLine]))).points
  }
  assert.deepEqual([at(['B01']), at(['B02', 'B01']), at(['B02'])], [7, 7, 0])
})

test('an order that is paid again after a void earns what it earned before', () => {
  const undone: Ticket = { ...seed, state: 'void', payments: [] }
  assert.equal(must(north, story(north, [seed, undone])).points, 0)
  assert.equal(must(north, story(north, [seed, undone, seed])).points, 24)
})
