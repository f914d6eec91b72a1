// Loosely typed values of a body: cleaned or left out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codeOf, emailOf, flagOf, idOf, objectOf, textOf, wordOf } from './clean.ts'

test('a text has complete characters on one line, at most 200', () => {
  assert.equal(textOf(' قهوة\u0000\nعربية '), 'قهوة عربية')
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.anything()), (value) => {
      const text = textOf(value)
      if (text === undefined) return
      assert.ok(text.length > 0 && text.length <= 200 && text.isWellFormed() && !/\p{Cc}/u.test(text))
      assert.equal(textOf(text), text)
    }),
  )
})

test('an ID is used completely or not at all', () => {
  assert.equal(idOf(' _7g3g8555 '), '_7g3g8555')
  assert.equal(idOf(440810), '440810')
  for (const value of ['', ' ', 'a\u0000b', '\ud800', 'x'.repeat(129), 1.5, 1e300, true, null, {}, []]) {
    assert.equal(idOf(value), undefined)
  }
})

test('enumerations are numbers, numbers as text, or words in any case', () => {
  assert.deepEqual([codeOf(4), codeOf('4'), codeOf(' 4 ')], [4, 4, 4])
  for (const value of ['four', '4.0', 4.5, true, null, {}]) assert.equal(codeOf(value), undefined)
  assert.equal(wordOf('Loyalty Redemption'), 'loyalty_redemption')
  assert.equal(wordOf('loyalty-redemption'), 'loyalty_redemption')
})

test('flags, addresses and objects in the shapes of PHP', () => {
  assert.deepEqual([true, 1, '1', 'true'].map(flagOf), [true, true, true, true])
  assert.deepEqual([false, 0, '0', null, undefined, {}].map(flagOf), [false, false, false, false, false, false])
  assert.equal(emailOf('sample@example.com'), 'sample@example.com')
  for (const value of ['[email protected]', 'a@b', '@b.c', 'a@b.', null]) assert.equal(emailOf(value), undefined)
  assert.deepEqual([objectOf([]), objectOf(null), objectOf('x')], [null, null, null])
})
