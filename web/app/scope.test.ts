// The days of a period.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { periodOf, readScope } from './scope.ts'

// 22:30 UTC on 30 November is 01:30 on 1 December in Riyadh.
const now = new Date('2026-11-30T22:30:00Z')
const days = (search: Record<string, unknown>) => {
  const { from, to } = periodOf(readScope(search), 'Asia/Riyadh', now)
  return `${from} ${to}`
}

test('periods are days of the zone of the business', () => {
  assert.equal(days({}), '2026-12-01 2026-12-01')
  assert.equal(days({ period: 'yesterday' }), '2026-11-30 2026-11-30')
  assert.equal(days({ period: '7d' }), '2026-11-25 2026-12-01')
  assert.equal(days({ period: '30d' }), '2026-11-02 2026-12-01')
  assert.equal(days({ period: 'month' }), '2026-12-01 2026-12-01')
  assert.equal(days({ period: 'year' }), '2026-01-01 2026-12-01')
})

test('a period of one’s own has both ends, in their order', () => {
  assert.equal(days({ period: 'custom', from: '2026-11-10', to: '2026-11-02' }), '2026-11-02 2026-11-10')
  assert.equal(days({ period: 'custom', from: '2026-11-10' }), '2026-11-10 2026-11-10')
})
