// The ceiling of a program: its default, and what it leaves of an order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Definition } from '../../contract/program.ts'
import { normaliseDefinition } from '../../contract/program.ts'
import { defaultCeiling, underCeiling, withCeiling } from './ceiling.ts'

const points = (rules: object[]): Definition =>
  normaliseDefinition({ type: 'points', rules } as Parameters<typeof normaliseDefinition>[0])
const PER_UNIT = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }

test('the default is what an order of about 10,000 SAR with 100 items earns', () => {
  const item = { id: 'item', earn: { kind: 'per_item', units: 2 } }
  const order = { id: 'order', earn: { kind: 'per_order', units: 50 } }
  const share = { id: 'share', earn: { kind: 'percent', basis_points: 500 } }
  const times = (numerator: number, denominator: number) => ({
    id: `x${numerator}`,
    earn: { kind: 'multiplier', numerator, denominator },
  })
  for (const [rules, expected] of [
    [[PER_UNIT], 10_000],
    [[{ id: 'rich', earn: { kind: 'per_amount', units: 100, per: 100 } }], 1_000_000],
    [[item], 200],
    [[share], 50_000],
    [[PER_UNIT, item, order], 10_250],
    // All multipliers apply at once; one below 1 may not.
    [[PER_UNIT, times(3, 2), times(2, 1), times(1, 4)], 30_000],
    [[{ id: 'huge', earn: { kind: 'per_amount', units: 1_000_000, per: 1 } }, times(1000, 1)], 1_000_000_000_000],
    [[{ id: 'tiny', earn: { kind: 'per_amount', units: 1, per: 1_000_000_000 } }], 1],
  ] as const) {
    assert.equal(defaultCeiling(points([...rules]), 'SAR'), expected, JSON.stringify(rules))
  }
})

test('the default depends on the value of the currency and its minor units', () => {
  const share = points([{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }])
  // Five percent of 1,000 KWD in fils, 1,000,000 JPY, 100,000,000 IDR in sen.
  assert.deepEqual(
    ['SAR', 'KWD', 'JPY', 'IDR'].map((currency) => defaultCeiling(share, currency)),
    [50_000, 50_000, 50_000, 500_000_000],
  )
})

test('a given ceiling stays', () => {
  assert.equal(withCeiling({ ...points([PER_UNIT]), order_ceiling: 7 }, 'SAR').order_ceiling, 7)
  assert.equal(withCeiling(points([PER_UNIT]), 'SAR').order_ceiling, 10_000)
})

test('units above the ceiling wait until staff decide', () => {
  assert.deepEqual(underCeiling(1_000_000, undefined), { units: 1_000_000, waiting: null })
  assert.deepEqual(underCeiling(100, 100), { units: 100, waiting: null })
  assert.deepEqual(underCeiling(101, 100), { units: 100, waiting: { units: 1, granted: 100, of: 101 } })
  const rejected = { granted: 100, of: 500 }
  assert.deepEqual(underCeiling(500, 100, rejected), { units: 100, waiting: null })
  assert.deepEqual(underCeiling(60, 100, rejected), { units: 60, waiting: null })
  assert.deepEqual(underCeiling(600, 100, rejected), { units: 100, waiting: { units: 100, granted: 100, of: 600 } })
  const released = { granted: 500, of: 500 }
  assert.deepEqual(underCeiling(400, 100, released), { units: 400, waiting: null })
  assert.deepEqual(underCeiling(600, 100, released), { units: 500, waiting: { units: 100, granted: 500, of: 600 } })
  // Assessed by terms with a higher ceiling, the order gives more than was granted.
  assert.deepEqual(underCeiling(600, 550, released), { units: 550, waiting: { units: 50, granted: 550, of: 600 } })
})
