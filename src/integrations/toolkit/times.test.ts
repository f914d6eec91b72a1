// Times with and without a zone, and the business day of an order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessDateOf } from '../../kernel/local-date.ts'
import { readDate, readInstant, readTimeOfDay } from './times.ts'

const CLOSED = Date.UTC(2023, 0, 1, 15, 6, 16)

test('an instant is read from a text in UTC, with an offset, without a zone, or from a Unix time', () => {
  assert.equal(readInstant('2023-01-01 15:06:16', 'UTC'), CLOSED)
  assert.equal(readInstant('2023-01-01T15:06:16Z', 'Asia/Riyadh'), CLOSED)
  assert.equal(readInstant('2023-01-01T18:06:16+03:00', 'UTC'), CLOSED)
  assert.equal(readInstant('2023-01-01T10:36:16-0430', 'UTC'), CLOSED)
  // Riyadh is three hours ahead of UTC.
  assert.equal(readInstant('2023-01-01 18:06:16', 'Asia/Riyadh'), CLOSED)
  assert.equal(readInstant('2023-01-01T15:06:16.789456Z', 'UTC'), CLOSED + 789)
  assert.equal(readInstant('2023-01-01 15:06', 'UTC'), CLOSED - 16_000)
  for (const unix of [CLOSED / 1000, `${CLOSED / 1000}`, CLOSED, CLOSED / 1000 + 0.0004]) {
    assert.equal(readInstant(unix, 'UTC'), CLOSED)
  }
})

test('an hour that the clock skips or repeats is still an instant', () => {
  // Cairo, 2024-04-26: 00:00 becomes 01:00. 2024-10-31: 24:00 becomes 23:00, and of the two 23:30
  // the first is meant.
  assert.equal(readInstant('2024-04-26 00:30:00', 'Africa/Cairo'), Date.UTC(2024, 3, 25, 22, 30))
  assert.equal(readInstant('2024-10-31 23:30:00', 'Africa/Cairo'), Date.UTC(2024, 9, 31, 20, 30))
})

test('a time that does not exist is no instant', () => {
  const bad = [
    '2023-02-29 10:00:00',
    '2023-00-10 10:00:00',
    '2023-01-01 24:00:00',
    '2023-01-01 10:60:00',
    '2023-01-01',
    'now',
  ]
  for (const value of [
    ...bad,
    '',
    '1999-12-31 23:59:59',
    '2100-01-01 00:00:00',
    -1,
    1e300,
    Number.NaN,
    null,
    true,
    {},
  ]) {
    assert.equal(readInstant(value, 'UTC'), null, String(value))
  }
})

test('a date must exist; a time after it is ignored', () => {
  assert.equal(readDate('2024-02-29'), '2024-02-29')
  assert.equal(readDate('1990-05-01 00:00:00'), '1990-05-01')
  for (const value of ['2023-02-29', '2023-1-1', '0000-00-00', '20230101', '9999-01-01', 20230101, null]) {
    assert.equal(readDate(value), null, String(value))
  }
})

test('a time of day is normalised to HH:MM', () => {
  assert.equal(readTimeOfDay('05:00'), '05:00')
  assert.equal(readTimeOfDay('5:30:00'), '05:30')
  for (const value of ['24:00', '12:60', 'noon', '', null, 5]) assert.equal(readTimeOfDay(value), undefined)
})

test('C53: the business day is that of the branch, and times before its end belong to the previous day', () => {
  // 23:30 UTC on the 1st is 02:30 on the 2nd in Riyadh.
  const night = Date.UTC(2023, 0, 1, 23, 30)
  assert.equal(businessDateOf(night, 'Asia/Riyadh', '05:00'), '2023-01-01')
  assert.equal(businessDateOf(night, 'Asia/Riyadh', undefined), '2023-01-02')
  assert.equal(businessDateOf(night, 'UTC', '05:00'), '2023-01-01')
  // At 05:00 sharp the next day has begun.
  assert.equal(businessDateOf(Date.UTC(2023, 0, 2, 2, 0), 'Asia/Riyadh', '05:00'), '2023-01-02')
  assert.equal(businessDateOf(Date.UTC(2023, 0, 2, 1, 59, 59), 'Asia/Riyadh', '05:00'), '2023-01-01')
  // A day that ends at 23:00 ends on its own date.
  assert.equal(businessDateOf(Date.UTC(2023, 0, 2, 12, 0), 'Asia/Riyadh', '23:00'), '2023-01-02')
})
