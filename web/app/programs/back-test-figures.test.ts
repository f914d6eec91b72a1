// What a back-test says in words.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeOf, periodsOf, sentenceOf } from './back-test-figures.ts'

const weekday = (name: string, actual: number, tested: number) => ({ weekday: name, orders: 1, actual, tested })
// Only what the sentence reads.
const result = (more: object) =>
  ({ actual: 100, tested: 150, worth: null, weekdays: [], ...more }) as unknown as Parameters<typeof sentenceOf>[0]

test('the sentence says money where it is known, and the day on which most of it falls', () => {
  const worth = { actual: 598_700, tested: 713_000, amount: 5, units: 1 }
  const weekdays = [weekday('mon', 50, 55), weekday('tue', 50, 95)]
  const said = sentenceOf(result({ worth, weekdays }), 'points', 'SAR')
  assert.equal(said.en, 'It would have cost 1,143.00 SAR more, most of it on Tuesdays.')
  assert.equal(said.ar, 'كانت التكلفة ستزيد بمقدار 1,143.00 ريال، ومعظم ذلك يوم الثلاثاء.')
  const less = sentenceOf(result({ tested: 60 }), 'points', 'SAR')
  assert.equal(less.en, 'It would have given 40 points less.')
  assert.equal(sentenceOf(result({ tested: 100 }), 'points', 'SAR').en, 'It would have given the same.')
})

test('more than six weeks are shown by week, and keep their sum', () => {
  const day = (index: number) => ({ date: `day ${index}`, orders: 1, actual: 1, tested: 2 })
  const days = (count: number) => Array.from({ length: count }, (_, index) => day(index))
  assert.equal(periodsOf(days(42)).length, 42)
  const weeks = periodsOf(days(90))
  assert.equal(weeks.length, 13)
  assert.deepEqual(
    [weeks[0], weeks.at(-1)],
    [
      { from: 'day 0', actual: 7, tested: 14 },
      { from: 'day 84', actual: 6, tested: 12 },
    ],
  )
})

test('a change is a share of what was given', () => {
  assert.equal(changeOf({ actual: 100, tested: 96 }), -0.04)
  assert.equal(changeOf({ actual: 0, tested: 0 }), 0)
  assert.equal(changeOf({ actual: 0, tested: 5 }), null)
})
