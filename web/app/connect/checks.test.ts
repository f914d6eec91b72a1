// The checks of a POS that is being connected stop at the fault.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PosStatus } from '../../../contract/api/onboarding.ts'
import { checksOf } from './checks.ts'

const status = (given: object) =>
  ({ refusals: [], references: [], latest_order: null, ...given }) as unknown as PosStatus
const states = (given: object) => checksOf(status(given)).map(({ text, state }) => `${text.en}: ${state}`)

test('the checks stop at the fault', () => {
  assert.deepEqual(states({ refusals: [{ reason: 'wrong_token' }] }), [
    'It reached LoyaPro: done',
    'The token is right: failed',
  ])
  assert.deepEqual(states({ refusals: [{ reason: 'not_connected' }] }), [
    'It reached LoyaPro: done',
    'The token is right: done',
    'The order can be read: done',
    'The business number is yours: failed',
  ])
})

test('an order without a customer has arrived, and says what is missing', () => {
  const [last] = checksOf(status({ latest_order: { has_customer: false } })).slice(-1)
  assert.deepEqual([last?.state, last?.note?.en], ['waiting', 'Without a phone number nothing is earned'])
  assert.equal(states({ references: ['440810'] })[1], 'The business number is yours: done')
})
