// One person, one key: every way of writing a phone gives the same E.164.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normalisePhone, parseAnyPhone } from './phone.ts'

const SAMPLE = '+966500000001'

test('a Saudi mobile is one number however the cashier or the POS writes it', () => {
  for (const country of [966, '966', '+966', '00966', 'SA', 'sa', ' 966 ', '٩٦٦']) {
    assert.equal(normalisePhone(country, '500000001'), SAMPLE, `country ${country}`)
  }
  const ways = ['0500000001', '50 000 0001', '050-000-0001', '966500000001', '00966500000001', '+966 50 000 0001']
  const more = [
    '9660500000001',
    '+966 0500000001',
    '(050) 0000001',
    '٠٥٠٠٠٠٠٠٠١',
    '۰۵۰۰۰۰۰۰۰۱',
    '\u200e+966500000001\u200f',
  ]
  for (const phone of [...ways, ...more, 500000001]) {
    assert.equal(normalisePhone(966, phone), SAMPLE, `phone ${phone}`)
  }
})

test('of every beginning of a Saudi mobile, what is told at a glance is what the library says of the number in full', () => {
  let valid = 0
  for (let beginning = 0; beginning < 100_000; beginning++) {
    const number = `5${String(beginning).padStart(5, '0')}${String((beginning * 7919) % 1000).padStart(3, '0')}`
    // With its country before it, it is asked for at the library.
    const said = normalisePhone(966, `+966${number}`)
    if (normalisePhone(966, number) !== said || normalisePhone('966', number) !== said) assert.fail(number)
    if (said !== null) valid += 1
  }
  assert.ok(valid > 50_000 && valid < 100_000, `${valid} are valid`)
  for (const odd of ['500000001\n', '5000000010', '50000000', '٥٠٠٠٠٠٠٠١', ' 500000001']) {
    assert.equal(normalisePhone(966, odd), normalisePhone(null, `+966${odd.trim()}`), odd)
  }
})

test('a number that names its own country is believed over the country beside it', () => {
  assert.equal(normalisePhone(966, '+965 50012345'), '+96550012345')
  assert.equal(normalisePhone(null, '+966500000001'), SAMPLE)
})

test('a number of another country must only be possible', () => {
  assert.equal(normalisePhone(965, '50012345'), '+96550012345')
  assert.equal(normalisePhone('AE', '0501234567'), '+971501234567')
  assert.equal(normalisePhone(1, '2025550123'), '+12025550123')
})

test('what cannot be a mobile is null: too short, a Saudi landline, words, no country, types that are no text', () => {
  const bad: [unknown, unknown][] = [
    [966, '12345'],
    [966, '0112345678'],
    [966, '5000000012345'],
    [966, 'call me'],
    [966, '500000001 ext 5'],
    [966, ''],
    [966, null],
    [966, -500000001],
    [966, 5000000.5],
    [966, true],
    [null, '500000001'],
    ['XX', '500000001'],
    [999, '500000001'],
    [{}, {}],
    [966, '5'.repeat(1_000_000)],
  ]
  for (const [country, phone] of bad)
    assert.equal(normalisePhone(country, phone), null, `${country} ${String(phone).slice(0, 20)}`)
})

test('a search box finds the number with or without its country', () => {
  for (const text of ['0500000001', '500000001', '966500000001', '00966500000001', '+966500000001', '٠٥٠٠٠٠٠٠٠١']) {
    assert.equal(parseAnyPhone(text), SAMPLE, text)
  }
  assert.equal(parseAnyPhone('96550012345'), '+96550012345')
  assert.equal(parseAnyPhone('50012345', 'KW'), '+96550012345')
  assert.equal(parseAnyPhone('Sample Customer'), null)
  assert.equal(parseAnyPhone('0500'), null)
})

test('whatever comes in, what goes out is E.164 or null, and normalising again changes nothing', () => {
  const country = fc.oneof(fc.constantFrom<unknown>(966, 965, 'SA', '+1', '0044'), fc.anything())
  const digits = fc.stringMatching(/^[+0]{0,2}[0-9 ()-]{3,15}$/)
  fc.assert(
    fc.property(country, fc.oneof(digits, fc.anything()), (code, national) => {
      const phone = normalisePhone(code, national)
      if (phone === null) return
      assert.match(phone, /^\+[1-9][0-9]{5,14}$/)
      assert.equal(normalisePhone(code, phone), phone)
    }),
  )
})
