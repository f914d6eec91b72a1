// A customer is recognised in every way in which people and systems write numbers and addresses, and
// nobody else is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matcherOf, searchable, valueMatcherOf } from './search.ts'

const SEARCH = {
  phones: ['+966557937530', '+97333112233'],
  names: ['Sample Quixwood', 'سارة القحطبوشي'],
  emails: ['Sample.One+x@example.com'],
  posIds: ['0f3a9c51e7aa', '12'],
}
const matches = (text: string) => matcherOf(SEARCH)(searchable(text))

test('every form of the number is found', () => {
  for (const text of [
    '{"phone":"557937530"}',
    '{"phone":557937530}',
    '"0557937530"',
    '"+966557937530"',
    '"00966557937530"',
    '"966557937530"',
    '"+966 (0) 55 793 7530"',
    '"055-793-7530"',
    '"٠٥٥٧٩٣٧٥٣٠"',
    '"۰۵۵۷۹۳۷۵۳۰"',
    '"\\u0660\\u0665\\u0665\\u0667\\u0669\\u0663\\u0667\\u0665\\u0663\\u0660"',
    'call 0557937530 at the door',
    '33112233',
    '+973 3311 2233',
  ])
    assert(matches(text), text)
})

test('another number is not found, also when it contains the digits', () => {
  for (const text of [
    '5579375301',
    '1557937530',
    '"order":"99557937530"',
    '557937531',
    '3311223',
    '331122334',
    '+96655793753',
  ])
    assert(!matches(text), text)
})

test('addresses and long POS IDs are found, short IDs are not', () => {
  assert(matches('SAMPLE.ONE+X@EXAMPLE.COM'))
  assert(matches('sample.one\\u002bx\\u0040example.com'))
  assert(matches('"id":"0F3A9C51E7AA"'))
  assert(!matches('sampleXone+x@example.com'))
  assert(!matches('"quantity":12'))
})

test('a name counts in a value that is looked at alone, in any spelling', () => {
  const isPersonal = valueMatcherOf(SEARCH)
  assert(isPersonal('for SAMPLE  QUIXWOOD'))
  assert(isPersonal('للأخت سَارَة القحطبوشى'))
  assert(!isPersonal('a sample of coffee'))
  assert(!matches('Sample Quixwood'), 'in the archive of others a name alone is nobody')
})
