import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeLine, changesInWords, type RecordedValues } from './changes.ts'

const linesOf = (values: RecordedValues, language: 'en' | 'ar' = 'en'): string[] =>
  changesInWords(values, {
    language,
    moment: (at) => `at ${at}`,
    number: String,
    money: (minor) => `${minor / 100} SAR`,
  }).changes.map(changeLine)

test('fields have their names in both languages, former and new values', () => {
  const values = { before: { name: 'First', blacklisted: false }, after: { name: 'Second', blacklisted: true } }
  assert.deepEqual(linesOf(values), ['Name: First → Second', 'Blacklisted: no → yes'])
  assert.deepEqual(linesOf(values, 'ar'), ['الاسم: First → Second', 'مستبعد: لا → نعم'])
})

test('what was sent has no former value; nested fields name what they are in', () => {
  const sent = { support: { per_day: 5000 }, scopes: ['keys:read', 'keys:write'], at: '2026-11-30T09:00:00Z' }
  assert.deepEqual(linesOf({ before: null, after: sent }), [
    'Support › Per day: 50 SAR',
    'Scopes: keys:read, keys:write',
    'At: at 2026-11-30T09:00:00Z',
  ])
})

test('of an object only the fields that differ are named, also those that are gone', () => {
  const before = { terms: { price: 20, limit: 3, hours: [1, 2] } }
  const after = { terms: { price: 25, hours: [1, 2] } }
  assert.deepEqual(linesOf({ before, after }), ['Terms › Price: 20 → 25', 'Terms › Limit: 3 → —'])
})

test('a value of the API has words, a name that looks like one stays as it was typed', () => {
  const values = { before: { status: 'draft', name: 'x' }, after: { status: 'active', name: 'active' } }
  assert.deepEqual(linesOf(values, 'ar'), ['الحالة: مسودة → مفعّل', 'الاسم: x → active'])
})

test('a long list of fields is cut, and says how many are left', () => {
  const after = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`field_${index}`, index]))
  const { changes, rest } = changesInWords(
    { before: null, after },
    {
      language: 'en',
      moment: String,
      number: String,
      money: String,
    },
  )
  assert.deepEqual([changes.length, rest], [30, 3])
})
