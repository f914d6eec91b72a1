// The days, weeks and months of caps.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COFFEE_PLAN, NORTH_COFFEE, pointsBy } from '../../test/fixtures/programs.ts'
import { capPeriods } from './caps.ts'

const BASE = { id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } } as const
const capped = pointsBy([BASE], { caps: { per_customer: { day: 50, week: 200, month: 500 }, budget: 10_000 } })

test('V11: a sale counts for the day, the week from Sunday and the month of its business date', () => {
  // 1 January 2023 is a Sunday, the first day of its week.
  assert.deepEqual(capPeriods(capped, '2023-01-01'), [
    { scope: 'day', from: '2023-01-01', to: '2023-01-01', limit: 50 },
    { scope: 'week', from: '2023-01-01', to: '2023-01-07', limit: 200 },
    { scope: 'month', from: '2023-01-01', to: '2023-01-31', limit: 500 },
  ])
})

test('a week ends on Saturday, across months and leap days', () => {
  const week = (date: string) => capPeriods(capped, date).find(({ scope }) => scope === 'week')
  assert.deepEqual(week('2023-01-07'), { scope: 'week', from: '2023-01-01', to: '2023-01-07', limit: 200 })
  assert.deepEqual(week('2023-01-08'), { scope: 'week', from: '2023-01-08', to: '2023-01-14', limit: 200 })
  assert.deepEqual(week('2028-03-01'), { scope: 'week', from: '2028-02-27', to: '2028-03-04', limit: 200 })
})

test('a program without a cap has no period for it', () => {
  const monthly = pointsBy([BASE], { caps: { per_order: 10, per_customer: { month: 500 } } })
  assert.deepEqual(capPeriods(monthly, '2028-02-10'), [
    { scope: 'month', from: '2028-02-01', to: '2028-02-29', limit: 500 },
  ])
  assert.deepEqual(capPeriods(NORTH_COFFEE.points, '2023-01-01'), [])
  assert.deepEqual(capPeriods(COFFEE_PLAN, '2023-01-01'), [])
})
