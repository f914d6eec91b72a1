// One person, one key: every way of writing a phone gives the same E.164.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normalisePhone as normalise, parseAnyPhone } from './phone.ts'

const SAMPLE = '+966500000001'

/** In a shop without a known country, so that the calling code decides. */
const normalisePhone = (code: unknown, national: unknown) => normalise(code, national, null)

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

test('the fast path for Saudi mobiles agrees with the library for every prefix', () => {
  let valid = 0
  for (let beginning = 0; beginning < 100_000; beginning++) {
    const number = `5${String(beginning).padStart(5, '0')}${String((beginning * 7919) % 1000).padStart(3, '0')}`
    // With its country code the library is asked.
    const said = normalisePhone(966, `+966${number}`)
    if (normalisePhone(966, number) !== said || normalisePhone('966', number) !== said) assert.fail(number)
    if (said !== null) valid += 1
  }
  assert.ok(valid > 50_000 && valid < 100_000, `${valid} are valid`)
  for (const odd of ['500000001\n', '5000000010', '50000000', '٥٠٠٠٠٠٠٠١', ' 500000001']) {
    assert.equal(normalisePhone(966, odd), normalisePhone(null, `+966${odd.trim()}`), odd)
  }
})

test('a country code in the number takes precedence over the given country', () => {
  assert.equal(normalisePhone(966, '+965 50012345'), '+96550012345')
  assert.equal(normalisePhone(null, '+966500000001'), SAMPLE)
})

test('a number of another country only needs to be possible', () => {
  assert.equal(normalisePhone(965, '50012345'), '+96550012345')
  assert.equal(normalisePhone('AE', '0501234567'), '+971501234567')
  assert.equal(normalisePhone(1, '2025550123'), '+12025550123')
})

test('anything that cannot be a mobile is null: too short, a Saudi landline, words, no country, other types', () => {
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
    assert.equal(parseAnyPhone(text, 'SA'), SAMPLE, text)
  }
  assert.equal(parseAnyPhone('96550012345', 'SA'), '+96550012345')
  assert.equal(parseAnyPhone('50012345', 'KW'), '+96550012345')
  assert.equal(parseAnyPhone('Sample Customer', 'SA'), null)
  assert.equal(parseAnyPhone('0500', 'SA'), null)
})

test('A13: a number without a country code belongs to the country of the business', () => {
  const numbers: [home: string, written: string, phone: string][] = [
    ['DZ', '0550123456', '+213550123456'],
    ['DZ', '550 12 34 56', '+213550123456'],
    ['PS', '0599123456', '+970599123456'],
    ['PS', '0569123456', '+970569123456'],
    ['IQ', '07701234567', '+9647701234567'],
    ['IQ', '٠٧٧٠ ١٢٣ ٤٥٦٧', '+9647701234567'],
    ['JP', '090-1234-5678', '+819012345678'],
    ['TR', '0532 123 45 67', '+905321234567'],
    ['DE', '0151 23456789', '+4915123456789'],
    ['MA', '06 12 34 56 78', '+212612345678'],
    ['EG', '01012345678', '+201012345678'],
    ['KW', '50012345', '+96550012345'],
    ['SA', '0500000001', SAMPLE],
    ['SA', '500000001', SAMPLE],
  ]
  for (const [home, written, phone] of numbers) {
    for (const absent of [null, undefined, '', 0, '0']) assert.equal(normalise(absent, written, home), phone, written)
    assert.equal(parseAnyPhone(written, home), phone)
  }
  assert.equal(normalise(null, '0500000001', null), null, 'in no country it is nobody')
  assert.equal(normalise(null, SAMPLE, null), SAMPLE)
  assert.equal(normalise(null, '966500000001', null), SAMPLE)
})

test('A13: for a shared calling code the number decides, with the prefix of the business country', () => {
  assert.equal(normalise(7, '8 701 123 45 67', 'KZ'), '+77011234567')
  assert.equal(normalise(7, '8 916 123-45-67', 'KZ'), '+79161234567')
  assert.equal(normalise(1, '(416) 555-0123', 'US'), '+14165550123')
  assert.equal(normalise(1, '2025550123', 'CA'), '+12025550123')
  assert.equal(normalise(44, '07911 123456', 'GB'), '+447911123456')
  assert.equal(normalise(212, '0612345678', 'EH'), '+212612345678')
  assert.equal(normalise(null, '0612345678', 'EH'), '+212612345678')
})

test('A13: in Palestine a number with either country code is one number', () => {
  for (const [code, number] of [
    [970, '0599123456'],
    [972, '0599123456'],
    [null, '+972599123456'],
    [null, '00970599123456'],
    [null, '0599123456'],
  ]) {
    assert.equal(normalise(code, number, 'PS'), '+970599123456', `${code} ${number}`)
  }
  assert.equal(normalise(null, '0522345678', 'PS'), '+972522345678', 'an Israeli card')
  assert.equal(normalise(970, '0522345678', 'PS'), '+972522345678')
  assert.equal(normalise(null, '0522345678', 'IL'), '+972522345678')
})

test('A13: a given country code takes precedence, unless the number contains its own', () => {
  assert.equal(normalise(966, '+213550123456', 'DZ'), '+213550123456')
  assert.equal(normalise(966, '00213550123456', 'DZ'), '+213550123456')
  assert.equal(normalise(966, '213550123456', 'DZ'), '+213550123456', 'no Saudi number, and a valid Algerian one')
  assert.equal(normalise(49, '966500000001', 'DE'), SAMPLE, 'possible in Germany, but valid in Saudi Arabia only')
  assert.equal(normalise(966, '0661123456', 'DZ'), null, 'a national number is not moved to another country')
  assert.equal(normalise('SA', '0500000001', 'DZ'), SAMPLE)
  assert.equal(normalise(999, '0550123456', 'DZ'), null, 'no country has this code')
})

test('the result is E.164 or null for any input, and normalising is idempotent', () => {
  const country = fc.oneof(fc.constantFrom<unknown>(966, 965, 'SA', '+1', '0044'), fc.anything())
  const home = fc.constantFrom('SA', 'DZ', 'PS', 'IL', 'JP', 'DE', 'KZ', null)
  const digits = fc.stringMatching(/^[+0]{0,2}[0-9 ()-]{3,15}$/)
  fc.assert(
    fc.property(country, fc.oneof(digits, fc.anything()), home, (code, national, home) => {
      const phone = normalise(code, national, home)
      if (phone === null) return
      assert.match(phone, /^\+[1-9][0-9]{5,14}$/)
      assert.equal(normalise(code, phone, home), phone)
    }),
  )
})
