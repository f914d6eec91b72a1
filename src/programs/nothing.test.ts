// Why a sale earned nothing: the reason and its sentence.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOTHING_REASONS } from '../../contract/nothing-reasons.ts'
import { assessed, basketOf, line, NORTH_COFFEE, pointsBy } from '../../test/fixtures/programs.ts'
import { explainNothing, nothingReason } from './nothing.ts'

const POINTS = { type: 'points', currency: 'SAR' } as const

test('a sale that earned has no reason', () => {
  assert.equal(nothingReason(assessed(NORTH_COFFEE.points, basketOf([line(2400)])).why), null)
})

test('each reason given by the rules is explained with its numbers', () => {
  const large = pointsBy([
    { id: 'large', when: { minimum_amount: 5000 }, earn: { kind: 'per_order', units: 10 } },
    { id: 'friday', when: { weekdays: ['fri'] }, earn: { kind: 'per_order', units: 10 } },
  ])
  const rulesNotMet = assessed(large, basketOf([line(2400)])).why
  assert.equal(nothingReason(rulesNotMet), 'rules_not_met')
  assert.equal(
    explainNothing('rules_not_met', 'en', { why: rulesNotMet, setting: POINTS }),
    'No rule applied: minimum 50.00 SAR, the order has 24.00 SAR (rule “large”); not valid on Sundays (rule “friday”)',
  )
  assert.equal(
    explainNothing('rules_not_met', 'ar', { why: rulesNotMet, setting: POINTS }),
    'لم تنطبق أي قاعدة: الحد الأدنى 50.00 ريال، وقيمة المنتجات في الطلب 24.00 ريال (القاعدة «large»)؛ غير متاحة يوم الأحد (القاعدة «friday»)',
  )

  const tooSmall = assessed(NORTH_COFFEE.points, basketOf([line(90)])).why
  assert.equal(nothingReason(tooSmall), 'amount_too_small')
  assert.equal(
    explainNothing('amount_too_small', 'en', { why: tooSmall, setting: POINTS }),
    'The amount is too small to earn anything: 0.90 SAR × 1 point per 1.00 SAR = 0.9 points, rounded down to 0 points',
  )

  const capped = assessed(NORTH_COFFEE.points, basketOf([line(2400)]), { capRoom: 0, capScope: 'day' }).why
  assert.equal(nothingReason(capped), 'cap_reached')
  assert.equal(
    explainNothing('cap_reached', 'en', { why: capped, setting: POINTS }),
    'The limit has been reached: 24.00 SAR × 1 point per 1.00 SAR = 24 points, limited to 0 points (daily limit)',
  )

  const free = assessed(NORTH_COFFEE.points, basketOf([line(0)])).why
  assert.equal(nothingReason(free), 'nothing_to_earn_on')
  assert.equal(
    explainNothing('nothing_to_earn_on', 'en', { why: free, setting: POINTS }),
    explainNothing('nothing_to_earn_on', 'en'),
  )
})

test('every reason has a sentence of its own in both languages', () => {
  const english = NOTHING_REASONS.map((reason) => explainNothing(reason, 'en'))
  const arabic = NOTHING_REASONS.map((reason) => explainNothing(reason, 'ar'))
  assert.equal(new Set([...english, ...arabic]).size, 2 * NOTHING_REASONS.length)
  for (const text of english) assert.match(text, /^[A-Z]/)
  for (const text of arabic) assert.match(text, /^[\u0600-\u06ff]/)
})
