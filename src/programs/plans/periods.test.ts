// The periods of subscriptions: anniversaries, clock changes, and the law that periods have no
// gaps.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../../test/support/runs.ts'
import { periodBounds, periodLotExpiry } from './periods.ts'

const RIYADH = 'Asia/Riyadh'
const monthly = { period: { unit: 'month', count: 1 } } as const

test('months that start on the 31st end on the last day of short months, then on the 31st again', () => {
  const start = Date.parse('2026-01-31T09:15:00+03:00')
  const begins = [0, 1, 2, 3].map((k) =>
    new Date(periodBounds(monthly, start, k, RIYADH).from + 3 * 3_600_000).toISOString().slice(0, 16),
  )
  assert.deepEqual(begins, ['2026-01-31T09:15', '2026-02-28T09:15', '2026-03-31T09:15', '2026-04-30T09:15'])
})

test('weeks and days are counted in calendar days', () => {
  const start = Date.parse('2026-01-01T09:15:00+03:00')
  const day = 86_400_000
  assert.deepEqual(periodBounds({ period: { unit: 'week', count: 2 } }, start, 1, RIYADH), {
    from: start + 14 * day,
    to: start + 28 * day,
  })
  assert.deepEqual(periodBounds({ period: { unit: 'days', count: 10 } }, start, 0, RIYADH), {
    from: start,
    to: start + 10 * day,
  })
})

test('a period keeps its hour when the clocks change', () => {
  // Berlin goes to summer time on 29 March 2026: 09:15 is 08:15 UTC before and 07:15 UTC after.
  const start = Date.parse('2026-03-28T08:15:00Z')
  assert.equal(
    periodBounds({ period: { unit: 'days', count: 1 } }, start, 0, 'Europe/Berlin').to,
    Date.parse('2026-03-29T07:15:00Z'),
  )
})

test('uses expire with their period, or with the next one if the plan rolls over', () => {
  const start = Date.parse('2026-01-31T09:15:00+03:00')
  assert.equal(
    periodLotExpiry({ ...monthly, rollover: 'none' }, start, 0, RIYADH),
    Date.parse('2026-02-28T09:15:00+03:00'),
  )
  assert.equal(
    periodLotExpiry({ ...monthly, rollover: 'next_period' }, start, 0, RIYADH),
    Date.parse('2026-03-31T09:15:00+03:00'),
  )
})

test('periods have no gaps and are not empty', () => {
  const plans = fc.record({
    period: fc.record({
      unit: fc.constantFrom('week' as const, 'month' as const, 'days' as const),
      count: fc.integer({ min: 1, max: 366 }),
    }),
  })
  const instants = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2040-01-01') })
  const zones = fc.constantFrom(RIYADH, 'Europe/Berlin', 'Africa/Cairo', 'America/Sao_Paulo', 'Australia/Lord_Howe')
  fc.assert(
    fc.property(plans, instants, fc.integer({ min: 0, max: 119 }), zones, (plan, start, k, zone) => {
      const period = periodBounds(plan, start, k, zone)
      assert.equal(periodBounds(plan, start, 0, zone).from, start)
      assert.ok(period.from < period.to)
      assert.equal(periodBounds(plan, start, k + 1, zone).from, period.to)
    }),
    { numRuns: runs(1000) },
  )
})
