// The newest orders show what each moved, kind by kind.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { earnedOf } from './earned.ts'

test('movements of one kind are one sum; what came to nothing is left out', () => {
  const movement = (program_type: string, units: number) => ({ program_type, units }) as never
  const movements = [movement('cashback', 120), movement('points', 24), movement('points', 6), movement('stamps', 1)]
  assert.deepEqual(earnedOf({ movements }), [
    { type: 'points', units: 30 },
    { type: 'stamps', units: 1 },
    { type: 'cashback', units: 120 },
  ])
  assert.deepEqual(earnedOf({ movements: [movement('stamps', 1), movement('stamps', -1)] }), [])
})
