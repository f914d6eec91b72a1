// Positions in charts, in both directions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bandsOf, everyNth, MARGIN, valuesOf } from './scales.ts'

const keys = ['mon', 'tue', 'wed']

test('time runs to the right in English and to the left in Arabic', () => {
  const ltr = bandsOf(keys, { width: 400, height: 200, direction: 'ltr' })
  const rtl = bandsOf(keys, { width: 400, height: 200, direction: 'rtl' })
  const at = (bands: typeof ltr) => keys.map((key) => bands(key) ?? Number.NaN)
  assert.deepEqual(
    at(ltr),
    at(ltr).toSorted((a, b) => a - b),
  )
  assert.deepEqual(
    at(rtl),
    at(rtl).toSorted((a, b) => b - a),
  )
  // The axis of values has its room at the start side of each.
  assert.ok(Math.min(...at(ltr)) >= MARGIN.axis)
  assert.ok(Math.max(...at(rtl)) + rtl.bandwidth() <= 400 - MARGIN.axis)
})

test('values begin at zero and end at a round number', () => {
  const box = { width: 400, height: 200, direction: 'ltr' } as const
  assert.deepEqual(valuesOf([3, 298], box).domain(), [0, 300])
  assert.deepEqual(valuesOf([], box).domain(), [0, 1])
  assert.deepEqual(valuesOf([-40, 90], box).domain(), [-50, 100])
})

test('labels that would touch are left out', () => {
  assert.equal(everyNth(7, 400, 40), 1)
  assert.equal(everyNth(30, 400, 40), 3)
})
