// When units become available and expire, over leap years, time zones and clock changes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Expiry } from '../../contract/program.ts'
import { lotTerms, slidingExpiry } from './expiry.ts'

const RIYADH = 'Asia/Riyadh'

/** The first instant of a local date. */
const startOf = (date: string, offset = '+03:00') => Date.parse(`${date}T00:00:00${offset}`)
const noon = (date: string) => Date.parse(`${date}T12:00:00+03:00`)

const terms = (expiry: Expiry, businessDate: string, pending_days = 0) =>
  lotTerms({ expiry, pending_days }, noon(businessDate), businessDate, RIYADH)

/** The last column is the first day on which the units are expired. */
const EXPIRIES: [what: string, expiry: Expiry, sold: string, over: string | null][] = [
  ['never', { kind: 'never' }, '2026-01-15', null],
  ['sliding is set by the last order', { kind: 'sliding', days: 30 }, '2026-01-15', null],
  ['30 days', { kind: 'after', days: 30 }, '2026-01-15', '2026-02-15'],
  ['1 day over the leap day', { kind: 'after', days: 1 }, '2028-02-28', '2028-03-01'],
  ['12 months', { kind: 'after', months: 12 }, '2026-01-15', '2027-01-16'],
  ['a month from the 31st', { kind: 'after', months: 1 }, '2026-01-31', '2026-03-01'],
  ['a month from the 31st in a leap year', { kind: 'after', months: 1 }, '2028-01-31', '2028-03-01'],
  ['12 months from the leap day', { kind: 'after', months: 12 }, '2028-02-29', '2029-03-01'],
  ['12 months at the end of the month', { kind: 'after', months: 12, month_end: true }, '2026-01-15', '2027-02-01'],
  [
    '12 months at the end of a leap February',
    { kind: 'after', months: 12, month_end: true },
    '2027-02-03',
    '2028-03-01',
  ],
  ['20 days at the end of the month', { kind: 'after', days: 20, month_end: true }, '2026-01-15', '2026-03-01'],
  [
    'at the end of the month, said to be off',
    { kind: 'after', months: 1, month_end: false },
    '2026-01-15',
    '2026-02-16',
  ],
  ['a fixed day', { kind: 'fixed', date: '2026-12-31' }, '2026-01-15', '2027-01-01'],
]

for (const [what, expiry, sold, over] of EXPIRIES) {
  test(`expiry: ${what}`, () => {
    assert.deepEqual(terms(expiry, sold), {
      availableAt: noon(sold),
      expiresAt: over === null ? null : startOf(over),
      slidingDays: expiry.kind === 'sliding' ? 30 : null,
    })
  })
}

test('pending units become available at the start of a day, counted from the business date', () => {
  assert.equal(terms({ kind: 'never' }, '2026-01-20', 14).availableAt, startOf('2026-02-03'))
})

test('units of a sale after midnight are never available before payment', () => {
  // 02:30 on the 2nd, business date the 1st: one day after the 1st began at 00:00, before the sale.
  const paidAt = Date.parse('2026-01-02T02:30:00+03:00')
  assert.equal(
    lotTerms({ expiry: { kind: 'never' }, pending_days: 1 }, paidAt, '2026-01-01', RIYADH).availableAt,
    paidAt,
  )
})

test('a day ends in the time zone of the business, whatever its length', () => {
  // 29 March 2026 has 23 hours in Berlin; the 30th begins at 22:00 UTC, not at 23:00.
  const berlin = lotTerms(
    { expiry: { kind: 'fixed', date: '2026-03-29' }, pending_days: 0 },
    0,
    '2026-03-01',
    'Europe/Berlin',
  )
  assert.equal(berlin.expiresAt, Date.parse('2026-03-29T22:00:00Z'))
  // Cairo skips the hour after midnight on 24 April 2026: that day begins at 01:00.
  const cairo = lotTerms(
    { expiry: { kind: 'fixed', date: '2026-04-23' }, pending_days: 0 },
    0,
    '2026-04-01',
    'Africa/Cairo',
  )
  assert.equal(cairo.expiresAt, Date.parse('2026-04-24T01:00:00+03:00'))
})

test('sliding expiry is at the end of the day that many days after the local date of the last order', () => {
  // 23:30 UTC on the 1st is 02:30 on the 2nd in Riyadh; 30 days later is 1 February, over on the
  // 2nd.
  assert.equal(slidingExpiry(Date.parse('2026-01-01T23:30:00Z'), 30, RIYADH), startOf('2026-02-02'))
  assert.equal(slidingExpiry(Date.parse('2026-01-01T20:30:00Z'), 30, RIYADH), startOf('2026-02-01'))
})

test('C55: units keep the expiry of the version under which they were earned', () => {
  const version1: Expiry = { kind: 'after', months: 12 }
  const version2: Expiry = { kind: 'after', days: 7 }
  assert.equal(terms(version1, '2026-01-15').expiresAt, startOf('2027-01-16'))
  assert.equal(terms(version2, '2026-01-15').expiresAt, startOf('2026-01-23'))
})
