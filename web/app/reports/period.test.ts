// The periods of the reports.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysOf, monthsApart, monthsOf } from './period.ts'

const ZONE = 'Asia/Riyadh'
const NOW = new Date('2026-11-30T10:00:00Z')

test('without a choice, reports cover 30 days and 12 months', () => {
  assert.deepEqual(daysOf({}, ZONE, NOW), { name: '30d', from: '2026-11-01', to: '2026-11-30' })
  assert.deepEqual(monthsOf({}, ZONE, NOW), { from: '2025-12', to: '2026-11' })
})

test('a longer period gives more months, a shorter one never fewer than 12', () => {
  const custom = { period: 'custom', from: '2024-03-05', to: '2026-02-10' } as const
  assert.deepEqual(monthsOf(custom, ZONE, NOW), { from: '2024-03', to: '2026-02' })
  assert.deepEqual(monthsOf({ period: 'today' }, ZONE, NOW), { from: '2025-12', to: '2026-11' })
  for (let month = 1; month <= 12; month++) {
    const to = `2026-${String(month).padStart(2, '0')}`
    const { from } = monthsOf({ period: 'custom', from: `${to}-02`, to: `${to}-28` }, ZONE, NOW)
    assert.equal(monthsApart(from, to), 11, to)
  }
})
