// Text is stored unchanged or refused, and spellings that people consider equal are equal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isStorableDate, isStorableInstant } from './clock.ts'
import { foldForSearch, foldText, isPlainText, isStorableText, normaliseReference, toPlainText } from './text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

test('A14: spellings of one word are equal: hamza, decomposed letters, tatweel, vowel signs, presentation forms', () => {
  const spellings = [
    'مكافآت',
    'مكافات',
    'مكافأت',
    'مكافآت'.normalize('NFD'),
    'مكـــافآت',
    'مُكَافَآت',
    'ﻣﻜﺎﻓﺂت',
    'مکافات',
    ' مكا\u200cفات\u200f ',
  ]
  for (const text of spellings) assert.equal(foldText(text), 'مكافات', text)
})

test('A14: Persian letters, a final ya, ha or ta marbuta, and digits of three scripts are equal', () => {
  assert.equal(foldText('على'), foldText('علی'))
  assert.equal(foldText('على'), foldText('علي'))
  assert.equal(foldText('سارة'), foldText('ساره'))
  assert.equal(foldText('مسؤول'), foldText('مسوول'))
  assert.equal(foldText('عائشة'), foldText('عايشه'))
  assert.equal(foldText('بطاقة ٠١٢٣'), foldText('بطاقة ۰۱۲۳'))
  assert.equal(foldText('بطاقة ٠١٢٣'), foldText('بطاقة 0123'))
  assert.notEqual(foldText('باب'), foldText('تاب'), 'letters of different words stay different')
})

test('A14: Latin accents, case, full-width forms and spaces do not matter', () => {
  assert.equal(foldText('  Crème   BRÛLÉE '), 'creme brulee')
  assert.equal(foldText('Ｐａｉｄ'), 'paid')
  assert.equal(foldText('IŞIL İÇECEK'), foldText('ışıl içecek'))
  assert.equal(foldText('Straße Øl'), 'strasse ol')
  assert.equal(foldText('a\u00a0\u3000\t\nb'), 'a b')
  assert.equal(foldForSearch('عبد  الله'), foldForSearch('عبدالله'))
  assert.equal(foldForSearch('بهاء'), foldForSearch('بها'))
  assert.notEqual(foldText('ولاء'), foldText('ولا'), 'a name is compared with its bare hamza')
})

test('folding is idempotent for any text', () => {
  fc.assert(fc.property(anyText, (text) => assert.equal(foldText(foldText(text)), foldText(text))))
  for (let code = 1; code < 0x20000; code++) {
    const text = `a${String.fromCodePoint(code)}b`
    assert.equal(foldText(foldText(text)), foldText(text), code.toString(16))
  }
})

test('text that the database cannot store is detected and made plain', () => {
  for (const text of ['a\0b', 'a\ud800b', '\udc00']) assert.equal(isStorableText(text), false)
  for (const text of ['', 'قهوة', 'two\nlines', '👍🏽']) assert.equal(isStorableText(text), true)
  assert.equal(isPlainText('two\nlines'), false)
  fc.assert(
    fc.property(anyText, (text) => {
      assert.ok(isPlainText(toPlainText(text)) && isStorableText(toPlainText(text)))
      if (isPlainText(text)) assert.equal(toPlainText(text), text.trim())
    }),
  )
})

test('references that look alike are equal', () => {
  for (const text of [
    '292',
    ' 292 ',
    '00292',
    '２９２',
    '٢٩٢',
    '۲۹۲',
    '29\u200b2',
    '\u200e292\u200f',
    '2\ufe0f92',
    '29\u00ad2',
  ]) {
    assert.equal(normaliseReference(text), '292', JSON.stringify(text))
  }
  assert.equal(normaliseReference('000'), '0')
  assert.equal(normaliseReference('_7g3g8555'), '_7g3g8555')
  assert.notEqual(normaliseReference('_7G3G8555'), '_7g3g8555', 'case counts')
  assert.equal(normaliseReference('SAMPLE\u00a01'), 'SAMPLE 1')
  assert.equal(normaliseReference('007A'), '007A', 'only a number has leading zeros')
  for (const text of ['', '  ', '\u200b\u200d', 'a\0b', 'a\nb', '\ud800', 'x'.repeat(101), '\ufdfa'.repeat(9)]) {
    assert.equal(normaliseReference(text), null, JSON.stringify(text))
  }
  fc.assert(
    fc.property(anyText, (text) => {
      const reference = normaliseReference(text)
      if (reference !== null) assert.equal(normaliseReference(reference), reference)
    }),
  )
})

test('instants and dates that the database cannot store or returns changed are detected', () => {
  const at = (text: string) => isStorableInstant(Date.parse(text))
  assert.deepEqual(
    [at('0001-01-02T00:00:00Z'), at('2026-01-01T00:00:00Z'), at('9999-12-30T23:59:59.999Z')],
    [true, true, true],
  )
  assert.deepEqual(
    [at('0000-06-01T00:00:00Z'), at('-000001-01-01T00:00:00Z'), at('+010000-01-01T00:00:00Z')],
    [false, false, false],
  )
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, -8.64e15, 1e300, 0.5])
    assert.equal(isStorableInstant(ms), false)
  assert.deepEqual(['2024-02-29', '0001-01-01', '9999-12-31'].map(isStorableDate), [true, true, true])
  for (const text of ['0000-01-01', '2023-02-29', '2023-13-01', '10000-01-01', '2023-1-1', '', 'now']) {
    assert.equal(isStorableDate(text), false, text)
  }
})
