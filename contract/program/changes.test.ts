// The differences between two versions of a program, as people read them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesBetween } from './changes.ts'
import { normaliseDefinition } from './normalise.ts'

const money = (minor: number) => ({ en: `${minor / 100} SAR`, ar: `${minor / 100} ريال` })
const perRiyal = { id: 'spend', earn: { kind: 'per_amount' as const, units: 1, per: 100 } }
const points = (more: object = {}) => normaliseDefinition({ type: 'points', rules: [perRiyal], ...more })
const said = (before: unknown, after: unknown) =>
  changesBetween(before, after, money).map(({ kind, pointer, en, ar }) => [kind, pointer, en, ar])

test('equal definitions have no changes, whatever the sequence of their keys', () => {
  assert.deepEqual(said(points(), points()), [])
  assert.deepEqual(said({ type: 'points', rules: [], debt: 'allow' }, { debt: 'allow', rules: [], type: 'points' }), [])
})

test('a changed number is named by its rule and field', () => {
  const after = points({
    rules: [{ ...perRiyal, name: { en: 'Spend', ar: 'الإنفاق' }, earn: { ...perRiyal.earn, units: 2, per: 250 } }],
  })
  const before = points({ rules: [{ ...perRiyal, name: { en: 'Spend', ar: 'الإنفاق' } }] })
  const [units, per] = said(before, after)
  assert.deepEqual(units?.slice(0, 2), ['changed', '/rules/0/earn/units'])
  assert.match(String(units?.[2]), /^Rule “Spend” · .+: 2 instead of 1$/)
  assert.match(String(units?.[3]), /^القاعدة «الإنفاق» · .+: 2 بدلًا من 1$/)
  assert.equal(per?.[2], 'Rule “Spend” · Amount: 2.5 SAR instead of 1 SAR')
})

test('conditions, rules and options that come and go', () => {
  const tuesdays = {
    id: 'tue',
    when: { weekdays: ['tue'] },
    earn: { kind: 'multiplier', numerator: 2, denominator: 1 },
  }
  const [added] = said(points(), points({ rules: [perRiyal, tuesdays] }))
  assert.deepEqual(added?.slice(0, 2), ['added', '/rules/1'])
  assert.match(String(added?.[2]), /^Rule “tue”, added: .*Tuesday/)
  assert.match(String(added?.[3]), /الثلاثاء/)
  const [removed] = said(points({ rules: [perRiyal, tuesdays] }), points())
  assert.deepEqual(removed?.[0], 'removed')
  const [cap] = said(points(), points({ caps: { per_customer: { day: 5000 } } }))
  assert.match(String(cap?.[2]), /^Limits, added: .*5,000/)
  const when = { ...perRiyal, when: { minimum_amount: 2000 } }
  assert.match(String(said(points(), points({ rules: [when] }))[0]?.[2]), /^Rule “spend”.*, added: .*20 SAR/)
})

test('another kind of expiry is one sentence', () => {
  const [change, ...rest] = said(points(), points({ expiry: { kind: 'after', months: 12 } }))
  assert.deepEqual(rest, [])
  assert.equal(change?.[2], 'Expiry: After earning (Months 12) instead of Never')
  assert.equal(change?.[3], 'انتهاء الصلاحية: بعد الكسب (عدد الأشهر 12) بدلًا من بدون انتهاء')
})

test('rules in another sequence', () => {
  const other = { ...perRiyal, id: 'other' }
  const changed = said(points({ rules: [perRiyal, other] }), points({ rules: [other, perRiyal] }))
  assert.deepEqual(changed, [['changed', '/rules', 'The sequence of the rules', 'ترتيب القواعد']])
})
