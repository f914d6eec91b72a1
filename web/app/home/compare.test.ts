// The comparisons of Home.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HomeFigures } from '../../../contract/api/reports.ts'
import { expectedVisits, shareOfCustomers } from './compare.ts'

test('the share of customers is of all visits, and unknown without any', () => {
  assert.equal(
    shareOfCustomers([
      { visits: 100, customer_visits: 50 },
      { visits: 50, customer_visits: 34 },
    ]),
    56,
  )
  assert.equal(shareOfCustomers([{ visits: 0, customer_visits: 0 }]), null)
})

test('today is expected to go on as it began, and never to lose a visit', () => {
  const figures = (visits: number, untilNow: number, whole: number) =>
    ({
      today: { visits },
      same_weekday: { until_now: { visits: untilNow }, whole_day: { visits: whole } },
    }) as unknown as HomeFigures
  assert.equal(expectedVisits(figures(60, 50, 200)), 240)
  assert.equal(expectedVisits(figures(60, 50, 50)), 60)
  assert.equal(expectedVisits(figures(60, 0, 200)), null)
})
