// The laws of evaluation, on generated programs and baskets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { basketsUpTo, monotonePrograms, programs, returns } from '../../test/fixtures/program-arbitraries.ts'
import { assessed, basketOf, line, pointsBy } from '../../test/fixtures/programs.ts'
import { runs } from '../../test/support/runs.ts'
import { add, floor, multiply, parseRational, type Rational, rational, subtract, ZERO } from '../kernel/rational.ts'
import { evaluate } from './evaluate.ts'
import { nothingReason } from './nothing.ts'
import { unitsOf } from './total.ts'
import { explain } from './why.ts'

const numRuns = runs(1000)

const baskets = basketsUpTo()

const CASHBACK = { type: 'cashback', currency: 'SAR' } as const

const facts = fc.record({
  capRoom: fc.option(fc.integer({ min: -5, max: 100_000 })),
  carryIn: fc
    .tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 100 }))
    .map(([n, d]) => rational(n, d)),
  known: fc.record({ first_order: fc.boolean() }),
})

test('evaluation is total, bounded and deterministic', () => {
  fc.assert(
    fc.property(programs(), baskets, facts, (definition, basket, given) => {
      const before = JSON.stringify([definition, basket])
      const decision = evaluate({ definition }, basket, given)
      assert.ok(Number.isSafeInteger(decision.units) && decision.units >= 0)
      assert.ok(given.capRoom === null || decision.units <= Math.max(0, given.capRoom))
      assert.deepEqual(evaluate({ definition }, basket, given), decision)
      assert.equal(JSON.stringify([definition, basket]), before, 'the arguments are unchanged')
    }),
    { numRuns },
  )
})

test('L8: the units can be derived from the stored why alone', () => {
  fc.assert(
    fc.property(programs(), baskets, facts, (definition, basket, given) => {
      const { units, exact, why } = evaluate({ definition }, basket, given)
      const stored = JSON.parse(JSON.stringify(why))
      assert.deepEqual(stored, why)
      assert.equal(stored.u, units)
      assert.equal(unitsOf(stored), units)
      assert.deepEqual(parseRational(stored.x), exact)
      assert.equal(nothingReason(why) === null, units > 0)
    }),
    { numRuns },
  )
})

test('C39: every why has a sentence in both languages, without floating-point digits', () => {
  fc.assert(
    fc.property(programs(), baskets, facts, (definition, basket, given) => {
      const { why } = evaluate({ definition }, basket, given)
      for (const language of ['en', 'ar'] as const) {
        const text = explain(why, language, CASHBACK)
        assert.doesNotMatch(text, /undefined|NaN|\[object|\d[eE][+-]?\d|\.\d{6}/)
        assert.match(text, language === 'en' ? /SAR/ : /ريال/)
      }
    }),
    { numRuns },
  )
})

test('the sequence of the lines does not matter', () => {
  fc.assert(
    fc.property(programs(), baskets, (definition, basket) => {
      const turned = { ...basket, lines: basket.lines.toReversed() }
      assert.deepEqual(assessed(definition, turned), assessed(definition, basket))
    }),
    { numRuns },
  )
})

test('L3: an order without kept goods earns nothing', () => {
  fc.assert(
    fc.property(programs({ rounding: 'floor' }), baskets, (definition, basket) => {
      assert.equal(assessed(definition, { ...basket, lines: [] }).units, 0)
    }),
    { numRuns },
  )
})

test('returning goods never earns more', () => {
  fc.assert(
    fc.property(monotonePrograms, returns, (definition, { sold, kept }) => {
      assert.ok(assessed(definition, kept).units <= assessed(definition, sold).units)
    }),
    { numRuns },
  )
})

test('a cap only trims: smaller results do not change, larger ones equal the cap', () => {
  const capped = fc.integer({ min: 1, max: 10_000 })
  fc.assert(
    fc.property(programs(), baskets, capped, (definition, basket, cap) => {
      if (definition.type === 'subscription') return
      const free = assessed(definition, basket)
      const trimmed = assessed({ ...definition, caps: { per_order: cap } }, basket)
      assert.equal(trimmed.units, Math.min(cap, free.units))
      assert.deepEqual(trimmed.carryOut, free.carryOut)
    }),
    { numRuns },
  )
})

test('carrying loses nothing: over any orders, given units plus the remainder equal the exact result', () => {
  fc.assert(
    fc.property(
      fc.array(basketsUpTo(50_000), { maxLength: 8 }),
      programs({ rounding: 'carry' }),
      (orders, definition) => {
        let carry: Rational = ZERO
        let given = 0
        let exact: Rational = ZERO
        for (const basket of orders) {
          const decision = assessed(definition, basket, { carryIn: carry })
          carry = decision.carryOut
          given += decision.units
          exact = add(exact, decision.exact)
          // Units above the system maximum are trimmed, so they do not test carrying.
          fc.pre(!decision.why.cap)
        }
        assert.equal(BigInt(given), floor(exact))
        assert.deepEqual(subtract(exact, rational(given)), carry)
      },
    ),
    { numRuns },
  )
})

test('an independent computation gives the same points per amount, item and order', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 5 })
  const positive = fc.integer({ min: 1, max: 10_000 })
  fc.assert(
    fc.property(amounts, positive, positive, positive, positive, (paid, units, per, each, once) => {
      const definition = pointsBy([
        { id: 'amount', earn: { kind: 'per_amount', units, per } },
        { id: 'item', earn: { kind: 'per_item', units: each } },
        { id: 'order', earn: { kind: 'per_order', units: once } },
      ])
      const basket = basketOf(paid.map((inclTax) => line(inclTax)))
      const total = paid.reduce((sum, amount) => sum + BigInt(amount), 0n)
      const expected = (total * BigInt(units)) / BigInt(per) + BigInt(each * paid.length + once)
      assert.equal(BigInt(assessed(definition, basket).units), expected)
      assert.deepEqual(
        assessed(definition, basket).exact,
        add(multiply(rational(total), rational(units, per)), rational(each * paid.length + once)),
      )
    }),
    { numRuns },
  )
})
