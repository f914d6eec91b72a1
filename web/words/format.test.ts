// Numbers, money and days in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatsOf, latinDigits } from './format.ts'
import { moneyText, unitsText } from './units.ts'

const place = { zone: 'Asia/Riyadh', currency: 'SAR' } as const
const en = formatsOf({ ...place, language: 'en', digits: 'latn' })
const ar = formatsOf({ ...place, language: 'ar', digits: 'latn' })
const arabic = formatsOf({ ...place, language: 'ar', digits: 'arab' })

test('digits are Latin in both languages unless the reader chose the others', () => {
  assert.deepEqual([en.number(1240), ar.number(1240), arabic.number(1240)], ['1,240', '1,240', '١٬٢٤٠'])
  assert.deepEqual(
    [en.amount(4800), ar.amount(-1250), ar.amount(124000, { whole: true })],
    ['48.00', '−12.50', '1,240'],
  )
  assert.deepEqual([en.signed(48), ar.signed(-18), en.signed(0)], ['+48', '−18', '0'])
  assert.deepEqual([en.percent(0.56), arabic.percent(0.5)], ['56%', '٥٠٪'])
})

test('an instant is a day of the zone of the business; a date is that day', () => {
  // 22:30 UTC is 01:30 in Riyadh.
  assert.equal(en.day('2026-11-30T22:30:00Z'), '1 December 2026')
  assert.equal(ar.day('2026-11-30T22:30:00Z'), '1 ديسمبر 2026')
  assert.equal(en.day('2026-11-30'), '30 November 2026')
  assert.equal(ar.time('2026-11-30T22:30:00Z'), '01:30')
  assert.equal(en.hijri('2026-11-30'), '20 Jumada II 1448')
  assert.equal(ar.hijri('2026-11-30'), '20 جمادى الآخرة 1448')
})

test('time that is near is told in words', () => {
  const now = new Date('2026-12-01T12:00:00Z')
  assert.equal(en.ago('2026-12-01T11:57:00Z', now), '3 minutes ago')
  assert.equal(ar.ago('2026-11-30T11:00:00Z', now), 'أمس')
  assert.equal(en.ago('2026-11-01T11:00:00Z', now), '1 November 2026')
})

test('units speak with their noun', () => {
  assert.deepEqual(unitsText('points', 2, 'SAR'), { en: '2 points', ar: 'نقطتان' })
  assert.deepEqual(unitsText('stamps', -11, 'SAR'), { en: '−11 stamps', ar: '−11 ختمًا' })
  assert.deepEqual(unitsText('cashback', 123456, 'SAR'), { en: '1,234.56 SAR', ar: '1,234.56 ريال' })
  assert.deepEqual(moneyText(12500, 'KWD'), { en: '12.500 KWD', ar: '12.500 دينار' })
})

test('Arabic and Persian digits are read as Latin ones', () => {
  assert.equal(latinDigits('٠٥٠١٢٣ ۴۵ 6'), '050123 45 6')
  assert.equal(latinDigits('١٬٢٣٤٫٥'), '1234.5')
})

test('components with the same setting share their formats', () => {
  assert.equal(formatsOf({ ...place, language: 'en', digits: 'latn' }), en)
  assert.notEqual(formatsOf({ ...place, currency: 'KWD', language: 'en', digits: 'latn' }), en)
})
