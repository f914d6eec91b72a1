// Which terms are in force when an order is paid.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NORTH_COFFEE } from '../../test/fixtures/programs.ts'
import { termsAt } from './terms.ts'

const version = (number: number) =>
  ({
    programId: 'p',
    type: 'points',
    name: 'Points',
    nameAr: 'نقاط',
    version: number,
    definition: NORTH_COFFEE.points,
  }) as const

/** Active from 1000, changed at 2000 twice, ended at 3000. */
const TERMS = [
  { number: 1, effectiveFrom: 1000, members: [version(1)] },
  { number: 2, effectiveFrom: 2000, members: [version(2)] },
  { number: 3, effectiveFrom: 2000, members: [version(3)] },
  { number: 4, effectiveFrom: 3000, members: [] },
]

test('C53: an order is assessed by the terms in force when it was paid', () => {
  assert.equal(termsAt(TERMS, 999), null)
  assert.equal(termsAt(TERMS, 1000)?.number, 1)
  assert.equal(termsAt(TERMS, 1999)?.number, 1)
  assert.equal(termsAt([], 1000), null)
})

test('of terms that start at the same instant the last is in force', () => {
  assert.equal(termsAt(TERMS, 2000)?.number, 3)
})

test('C54: an ended program is no longer in force', () => {
  assert.deepEqual(termsAt(TERMS, 3000)?.members, [])
  assert.equal(termsAt(TERMS, 2999)?.members.length, 1)
})
