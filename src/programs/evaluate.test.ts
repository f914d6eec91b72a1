// What sales earn: the numbers of North Coffee, and mistakes of other systems.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rule } from '../../contract/program.ts'
import {
  assessed,
  basketOf,
  COFFEE_PLAN,
  definitionOf,
  line,
  NORTH_COFFEE,
  pointsBy,
} from '../../test/fixtures/programs.ts'
import { formatRational, rational } from '../kernel/rational.ts'

const { points, stamps, cashback } = NORTH_COFFEE

test('V1: 24.00 with one hot drink earns 24 points, 1 stamp and 1.20', () => {
  const basket = basketOf([line(2400)])
  assert.equal(assessed(points, basket).units, 24)
  assert.equal(assessed(stamps, basket).units, 1)
  assert.equal(assessed(cashback, basket).units, 120)
})

test('V5: two drinks at 10.75, one of them, none', () => {
  // 21.50 → 21, 10.75 → 10; 5 % of 2150 is 107.5, of 1075 is 53.75.
  const steps = [
    { basket: basketOf([line(2150, { quantity: 2000 })]), expected: [21, 2, 107] },
    { basket: basketOf([line(1075)]), expected: [10, 1, 53] },
    { basket: basketOf([]), expected: [0, 0, 0] },
  ]
  for (const { basket, expected } of steps) {
    assert.deepEqual(
      [points, stamps, cashback].map((program) => assessed(program, basket).units),
      expected,
    )
  }
})

test('V6: 100.00 less an order discount of 10.00 earns on 90.00, and on 45.00 when half is kept', () => {
  assert.equal(assessed(points, basketOf([line(4500), line(4500)])).units, 90)
  assert.equal(assessed(cashback, basketOf([line(4500), line(4500)])).units, 450)
  assert.equal(assessed(points, basketOf([line(4500)])).units, 45)
  assert.equal(assessed(cashback, basketOf([line(4500)])).units, 225)
})

test('V12: four items of 50.00 and 30.00 of tax earn on 230.00', () => {
  const basket = basketOf([line(23_000, { quantity: 4000, exclTax: 20_000 })])
  assert.equal(assessed(points, basket).units, 230)
  assert.equal(assessed(stamps, basket).units, 4)
  assert.equal(assessed(cashback, basket).units, 1150)
})

test('plans are counted by whole pieces, even when they cost nothing', () => {
  const plan = (quantity: number, inclTax: number) => basketOf([line(inclTax, { productId: 'plan-30', quantity })])
  assert.equal(assessed(COFFEE_PLAN, plan(2000, 20_000)).units, 2)
  assert.equal(assessed(COFFEE_PLAN, plan(1000, 0)).units, 1)
  assert.equal(assessed(COFFEE_PLAN, plan(1999, 20_000)).units, 1)
  assert.equal(assessed(COFFEE_PLAN, basketOf([line(20_000, { sku: 'plan-30' })])).units, 1)
  assert.equal(assessed(COFFEE_PLAN, basketOf([line(20_000)])).units, 0)
})

test('step: in proportion, per full amount of the order, or per full amount of each line', () => {
  const by = (step?: 'proportional' | 'order' | 'line') =>
    pointsBy([{ id: 'five', earn: { kind: 'per_amount', units: 5, per: 250, ...(step && { step }) } }])
  const units = (...paid: number[]) =>
    [by(), by('proportional'), by('order'), by('line')].map(
      (program) => assessed(program, basketOf(paid.map((amount) => line(amount)))).units,
    )
  assert.deepEqual(units(300), [6, 6, 5, 5])
  assert.deepEqual(units(249), [4, 4, 0, 0])
  assert.deepEqual(units(240, 260), [10, 10, 10, 5])
  assert.deepEqual(units(240), [4, 4, 0, 0], 'the second line came back')
  const taxOut = pointsBy([{ id: 'five', earn: { kind: 'per_amount', units: 5, per: 250, step: 'line' } }], {
    base: { tax: 'excluded' },
  })
  assert.equal(assessed(taxOut, basketOf([line(280, { exclTax: 243 }), line(300, { exclTax: 261 })])).units, 5)
})

/** 24.00: the first rule gives 24, the second 10, the third does not hold. */
const THREE_RULES: Rule[] = [
  { id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } },
  { id: 'visit', earn: { kind: 'per_order', units: 10 } },
  { id: 'large', when: { minimum_amount: 10_000 }, earn: { kind: 'per_order', units: 500 } },
]
const DOUBLE: Rule = { id: 'double', earn: { kind: 'multiplier', numerator: 2, denominator: 1 } }
const HALF_MORE: Rule = { id: 'half-more', earn: { kind: 'multiplier', numerator: 3, denominator: 2 } }
const ONLY_ON_FRIDAY: Rule = { ...DOUBLE, id: 'friday', when: { weekdays: ['fri'] } }

const COMBINATIONS = [
  { name: 'sum adds what holds', rules: THREE_RULES, combine: 'sum', units: 34 },
  { name: 'best takes the largest', rules: THREE_RULES, combine: 'best', units: 24 },
  { name: 'first takes the first in the list', rules: THREE_RULES, combine: 'first', units: 24 },
  {
    name: 'first takes the first in the list, larger or not',
    rules: THREE_RULES.toReversed(),
    combine: 'first',
    units: 10,
  },
  { name: 'a multiplier applies to the sum', rules: [...THREE_RULES, DOUBLE], combine: 'sum', units: 68 },
  { name: 'a multiplier applies to the best', rules: [DOUBLE, ...THREE_RULES], combine: 'best', units: 48 },
  { name: 'a multiplier is not the first rule', rules: [DOUBLE, ...THREE_RULES], combine: 'first', units: 48 },
  { name: 'multipliers multiply each other', rules: [...THREE_RULES, DOUBLE, HALF_MORE], combine: 'sum', units: 102 },
  {
    name: 'a multiplier that does not hold is none',
    rules: [...THREE_RULES, ONLY_ON_FRIDAY],
    combine: 'sum',
    units: 34,
  },
] as const

for (const { name, rules, combine, units } of COMBINATIONS) {
  test(`combining: ${name}`, () => {
    assert.equal(assessed(pointsBy([...rules], { combine }), basketOf([line(2400)])).units, units)
  })
}

test('the fraction of a unit is dropped once, at the end', () => {
  // 2.40 at 1 per 1.00 and 2.40 at 1 per 4.00: 2.4 + 0.6 is 3; floored one by one it would be 2.
  const rules: Rule[] = [
    { id: 'a', earn: { kind: 'per_amount', units: 1, per: 100 } },
    { id: 'b', earn: { kind: 'per_amount', units: 1, per: 400 } },
  ]
  assert.equal(assessed(pointsBy(rules), basketOf([line(240)])).units, 3)
})

test('a multiplier also multiplies the fraction', () => {
  // 1.50 × 2 is 3, not 1 × 2.
  assert.equal(
    assessed(
      pointsBy([{ id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } }, DOUBLE]),
      basketOf([line(150)]),
    ).units,
    3,
  )
})

test('goods sold by weight count in proportion', () => {
  // 1.25 kg at 4 points a kilogram are 5 points; at 1 point a kilogram, 1.
  const perKilo = (units: number) => pointsBy([{ id: 'kilo', earn: { kind: 'per_item', units } }])
  const dates = basketOf([line(5000, { quantity: 1250 })])
  assert.equal(assessed(perKilo(4), dates).units, 5)
  assert.equal(assessed(perKilo(1), dates).units, 1)
})

test('C9: a fraction is carried over to the next order', () => {
  // 30.00 and 20.00 at 1 per 50.00: 0.6, then 0.6 + 0.4 = 1.
  const star = pointsBy([{ id: 'star', earn: { kind: 'per_amount', units: 1, per: 5000 } }], { rounding: 'carry' })
  const first = assessed(star, basketOf([line(3000)]))
  assert.deepEqual([first.units, formatRational(first.carryOut)], [0, '3/5'])
  const second = assessed(star, basketOf([line(2000)]), { carryIn: first.carryOut })
  assert.deepEqual([second.units, formatRational(second.carryOut)], [1, '0'])
})

test('a negative fraction is repaid before a unit is earned', () => {
  const star = pointsBy([{ id: 'star', earn: { kind: 'per_amount', units: 1, per: 5000 } }], { rounding: 'carry' })
  const owing = assessed(star, basketOf([line(1000)]), { carryIn: rational(-4, 5) })
  assert.deepEqual([owing.units, formatRational(owing.carryOut)], [0, '-3/5'])
})

test('a program that does not carry returns the carried fraction unchanged', () => {
  const decision = assessed(points, basketOf([line(2450)]), { carryIn: rational(9, 10) })
  assert.deepEqual([decision.units, formatRational(decision.carryOut)], [24, '9/10'])
})

const CAPS = [
  { name: 'no cap', caps: {}, room: null, units: 24, cap: undefined },
  { name: 'per order', caps: { per_order: 20 }, room: null, units: 20, cap: { by: 'order', room: 20 } },
  { name: 'a cap that is not reached is not named', caps: { per_order: 24 }, room: 24, units: 24, cap: undefined },
  { name: 'room of the day', caps: { per_order: 20 }, room: 5, units: 5, cap: { by: 'day', room: 5 } },
  {
    name: 'the order is tighter than the day',
    caps: { per_order: 3 },
    room: 5,
    units: 3,
    cap: { by: 'order', room: 3 },
  },
  { name: 'nothing left', caps: {}, room: 0, units: 0, cap: { by: 'day', room: 0 } },
  { name: 'less than nothing left', caps: {}, room: -7, units: 0, cap: { by: 'day', room: 0 } },
]

for (const { name, caps, room, units, cap } of CAPS) {
  test(`caps: ${name}`, () => {
    const rules: Rule[] = [{ id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } }]
    const capped = pointsBy(rules, Object.keys(caps).length > 0 ? { caps } : {})
    const decision = assessed(capped, basketOf([line(2400)]), { capRoom: room, capScope: 'day' })
    assert.equal(decision.units, units)
    assert.deepEqual(decision.why.cap, cap)
  })
}

test('trimmed units are lost and not carried over', () => {
  // 24.50 gives 24 and carries 0.5; the cap of 20 takes 4 for good.
  const rules: Rule[] = [{ id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } }]
  const decision = assessed(pointsBy(rules, { rounding: 'carry', caps: { per_order: 20 } }), basketOf([line(2450)]))
  assert.deepEqual([decision.units, formatRational(decision.carryOut)], [20, '1/2'])
})

test('no order gives more than the system maximum', () => {
  const rules: Rule[] = [{ id: 'wild', earn: { kind: 'per_amount', units: 1_000_000, per: 1 } }, DOUBLE]
  const decision = assessed(pointsBy(rules), basketOf([line(10 ** 13)]))
  assert.equal(decision.units, 1_000_000_000_000)
  assert.deepEqual(decision.why.cap, { by: 'limit', room: 1_000_000_000_000 })
})

test('C8: a return is evaluated on the kept goods of the whole order, never rounded by itself', () => {
  // Four items of 0.75 are 3.00 and 3 points; 2.25, 1.50 and 0.75 are 2, 1 and 0. Rounded down
  // alone, each return would take 0.
  const kept = [4, 3, 2, 1].map((pieces) => basketOf([line(75 * pieces, { quantity: 1000 * pieces })]))
  assert.deepEqual(
    kept.map((basket) => assessed(points, basket).units),
    [3, 2, 1, 0],
  )
})

test('C11: a return is evaluated by the version of the sale, not by a later one', () => {
  // Version 1 gave 50 for 50.00, version 2 gives twice as much. A full return reverses 50 under
  // version 1, not 100.
  const version2 = pointsBy([{ id: 'base', earn: { kind: 'per_amount', units: 2, per: 100 } }])
  const sold = basketOf([line(5000)])
  const gone = basketOf([])
  assert.equal(assessed(points, gone).units - assessed(points, sold).units, -50)
  assert.equal(assessed(version2, gone).units - assessed(version2, sold).units, -100)
})

test('C36: floating-point errors have no effect', () => {
  // 0.10 and 0.70 reach the minimum of 0.80; as floats they make 0.7999999999999999.
  const rule: Rule = { id: 'min', when: { minimum_amount: 80 }, earn: { kind: 'per_amount', units: 10, per: 8 } }
  assert.equal(assessed(pointsBy([rule]), basketOf([line(10), line(70)])).units, 100)
})

test('C37: a division never loses or adds a unit', () => {
  // 1 per 0.03: 0.30 is exactly 10, and 0.29 is 9 and two thirds.
  const third = pointsBy([{ id: 'third', earn: { kind: 'per_amount', units: 1, per: 3 } }])
  assert.equal(assessed(third, basketOf([line(30)])).units, 10)
  assert.equal(assessed(third, basketOf([line(29)])).units, 9)
})

test('C38: the minor units of the currency do not change the points', () => {
  // 1 point per dinar of 1000 fils: 2.500 KWD are 2 points. 1 point per 100 yen: 250 JPY are 2.
  const perDinar = pointsBy([{ id: 'base', earn: { kind: 'per_amount', units: 1, per: 1000 } }])
  assert.equal(assessed(perDinar, basketOf([line(2500)], { currency: 'KWD' })).units, 2)
  assert.equal(assessed(points, basketOf([line(250)], { currency: 'JPY' })).units, 2)
})

test('C41: amounts include or exclude tax as the program says, also in the minimum', () => {
  // 115.00 with 15.00 of tax: 115 points or 100.
  const basket = basketOf([line(11_500, { exclTax: 10_000 })])
  const rule: Rule = { id: 'base', when: { minimum_amount: 11_000 }, earn: { kind: 'per_amount', units: 1, per: 100 } }
  assert.equal(assessed(pointsBy([rule]), basket).units, 115)
  assert.equal(assessed(pointsBy([rule], { base: { tax: 'excluded' } }), basket).units, 0)
  const always = { id: 'base', earn: rule.earn }
  assert.equal(assessed(pointsBy([always], { base: { tax: 'excluded' } }), basket).units, 100)
})

test('C42: a free drink earns nothing, and a discounted one earns on the paid amount', () => {
  const free = basketOf([line(0)])
  assert.equal(assessed(stamps, free).units, 0)
  assert.equal(assessed(pointsBy([{ id: 'visit', earn: { kind: 'per_order', units: 10 } }]), free).units, 0)
  // 20.00 less 5.00.
  assert.equal(assessed(points, basketOf([line(1500)])).units, 15)
})

test('C43: excluded goods do not count, even if their category is included', () => {
  const rule: Rule = {
    id: 'hot',
    when: { categories: { include: ['_7ad32937'] }, products: { exclude: ['latte'] } },
    earn: { kind: 'per_item', units: 1 },
  }
  const basket = basketOf([
    line(1000),
    line(1000, { productId: 'mocha' }),
    line(1000, { productId: 'cup', categoryId: 'shop' }),
  ])
  assert.equal(assessed(pointsBy([rule]), basket).units, 1)
})

test('C44: a minimum applies to the goods of the rule', () => {
  // 60.00 in total, but only 20.00 of hot drinks: a minimum of 50.00 of hot drinks is not reached.
  const rule: Rule = {
    id: 'hot',
    when: { categories: { include: ['_7ad32937'] }, minimum_amount: 5000 },
    earn: { kind: 'per_order', units: 10 },
  }
  const mixed = basketOf([line(2000), line(4000, { categoryId: 'food' })])
  assert.equal(assessed(pointsBy([rule]), mixed).units, 0)
  assert.deepEqual(assessed(pointsBy([rule]), mixed).why.missed, [{ i: 'hot', c: 'minimum_amount', a: 2000, m: 5000 }])
  assert.equal(assessed(pointsBy([rule]), basketOf([line(5000)])).units, 10)
})

test('C47: what was paid with loyalty earns nothing', () => {
  // The basket has amounts without the part paid with loyalty: a line paid with loyalty alone costs
  // nothing.
  const paidWithLoyalty = basketOf([line(0)], { paymentKinds: ['loyalty'] })
  for (const program of [points, stamps, cashback]) assert.equal(assessed(program, paidWithLoyalty).units, 0)
  const strict = pointsBy([
    { id: 'base', when: { payments: { exclude: ['loyalty'] } }, earn: { kind: 'per_amount', units: 1, per: 100 } },
  ])
  assert.equal(assessed(strict, basketOf([line(2400)], { paymentKinds: ['cash', 'loyalty'] })).units, 0)
})

test('the why contains the numbers of the rules that count, and no others', () => {
  assert.deepEqual(assessed(points, basketOf([line(2450)])).why, {
    t: 'earn',
    r: [{ i: 'base', k: 'per_amount', a: 2450, n: 1, d: 100 }],
    x: '49/2',
    u: 24,
  })
  const first = assessed(pointsBy([...THREE_RULES, DOUBLE], { combine: 'first' }), basketOf([line(2400)])).why
  assert.deepEqual(first, {
    t: 'earn',
    c: 'first',
    r: [
      { i: 'base', k: 'per_amount', a: 2400, n: 1, d: 100 },
      { i: 'double', k: 'multiplier', n: 2, d: 1 },
    ],
    x: '48',
    u: 48,
  })
})

test('a program that earned nothing lists the condition of each rule that did not hold', () => {
  const program = definitionOf({
    type: 'points',
    rules: [
      { id: 'friday', when: { weekdays: ['fri'] }, earn: { kind: 'per_order', units: 1 } },
      { id: 'cakes', when: { categories: { include: ['cakes'] } }, earn: { kind: 'per_item', units: 1 } },
    ],
  })
  assert.deepEqual(assessed(program, basketOf([line(2400)])).why.missed, [
    { i: 'friday', c: 'weekdays', w: 7 },
    { i: 'cakes', c: 'categories' },
  ])
})
