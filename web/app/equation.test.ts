// The equations in the sentences of movements, in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { equationOf } from './equation.ts'

const shown = (sentence: string) => {
  const equation = equationOf(sentence)
  return (
    equation && [
      equation.lead,
      equation.left.map((part) => ('sign' in part ? part.sign : `[${part.text}]`)).join(' '),
      equation.result,
      equation.rest,
    ]
  )
}

test('what was earned', () => {
  assert.deepEqual(shown('24.00 SAR × 1 point per 1.00 SAR = 24 points'), [
    '',
    '[24.00 SAR] × [1 point per 1.00 SAR]',
    '24 points',
    '',
  ])
  assert.deepEqual(shown('24.00 ريال × نقطة واحدة لكل 1.00 ريال = 24 نقطة'), [
    '',
    '[24.00 ريال] × [نقطة واحدة لكل 1.00 ريال]',
    '24 نقطة',
    '',
  ])
})

test('sums, factors and what limits them', () => {
  assert.deepEqual(shown('(2 × 1 stamp + 1 stamp) × 2 = 6 stamps, limited to 4 stamps (daily limit)'), [
    '',
    '[(2 × 1 stamp + 1 stamp)] × [2]',
    '6 stamps',
    'limited to 4 stamps (daily limit)',
  ])
})

test('what a return left', () => {
  assert.deepEqual(shown('After the return: 12.00 SAR × 1 point per 1.00 SAR = 12 points instead of 24 points'), [
    'After the return',
    '[12.00 SAR] × [1 point per 1.00 SAR]',
    '12 points',
    'instead of 24 points',
  ])
})

test('sentences that are no equation', () => {
  assert.equal(shown('7 points expired at the end of 30 November 2026'), null)
  assert.equal(shown('best of (10 points = 10; 2 × 6 points = 12) = 12 points'), null)
})
