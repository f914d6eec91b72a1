// The URL of the list of orders and the query that it makes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EARNED_CHOICES, earnedChoice, earnedFilters, orderQuery, readOrderFilters } from './order-filters.ts'

const period = { name: 'today', from: '2026-12-01', to: '2026-12-01' } as const
const set = (query: object) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))

test('orders are those of the period and branch', () => {
  const given = readOrderFilters({ earned: 'false', withCustomer: 'true', status: 'nonsense', minTotal: '500' })
  assert.deepEqual(set(orderQuery(given, { branch: 'brn_x', period })), {
    with_customer: true,
    earned: false,
    min_total: 500,
    branch_id: 'brn_x',
    from: '2026-12-01',
    to: '2026-12-01',
  })
})

test('what needs a hand, a number and one customer are searched in all of the time', () => {
  for (const given of [{ flagged: 'true' }, { reference: '00292' }]) {
    assert.equal('from' in orderQuery(readOrderFilters(given), { branch: undefined, period }), false)
  }
})

test('earned, earned nothing, and each reason are one choice, which the URL keeps', () => {
  for (const choice of EARNED_CHOICES) assert.equal(earnedChoice(earnedFilters(choice)), choice)
  assert.equal(earnedChoice(earnedFilters(undefined)), undefined)
  assert.deepEqual(set(earnedFilters('no_customer')), { reason: 'no_customer' })
  assert.deepEqual(set(earnedFilters('nothing')), { earned: false })
})
