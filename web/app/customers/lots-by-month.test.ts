// The months in which a balance expires.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expiryByMonth } from './lots-by-month.ts'

const ZONE = 'Asia/Riyadh'
const NOW = new Date('2026-12-01T09:00:00Z')

test('units stand in the month of the last day on which they can be used', () => {
  const expiring = [
    // The end of 31 December in Riyadh.
    { units: 120, expires_at: '2026-12-31T21:00:00.000Z' },
    { units: 10, expires_at: '2027-02-10T21:00:00.000Z' },
    { units: 5, expires_at: '2027-02-20T21:00:00.000Z' },
    { units: 7, expires_at: '2028-01-01T00:00:00.000Z' },
  ]
  const { months, later, next } = expiryByMonth({ expiring }, ZONE, NOW)
  assert.equal(months.length, 12)
  assert.deepEqual(
    months.filter(({ units }) => units > 0),
    [
      { day: '2026-12-01', units: 120 },
      { day: '2027-02-01', units: 15 },
    ],
  )
  assert.equal(later, 7)
  assert.deepEqual(next, { units: 120, at: '2026-12-31T20:59:59.999Z' })
})

test('nothing that expires', () => {
  const { months, later, next } = expiryByMonth({ expiring: [] }, ZONE, NOW)
  assert.deepEqual([months.every(({ units }) => units === 0), later, next], [true, 0, null])
})
