// The sample order has what the draft is about.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleRequest } from './sample-order.ts'

const MONDAY = new Date('2026-11-30T12:00:00Z')

test('it is paid on a Tuesday that is over, with the goods that the rules name', () => {
  const definition = { type: 'points', rules: [{ id: 'r', when: { categories: { include: ['hot'] } } }] }
  const { order, customer } = sampleRequest(definition, { situation: 'return', items: 2, amount: 4200 }, MONDAY)
  assert.equal(order.paid_at, '2026-11-24T08:20:00.000Z')
  assert.deepEqual(order.lines, [{ category_id: 'hot', quantity: 2, total: 4200 }])
  assert.deepEqual(order.returned, [{ line: 0, quantity: 1 }])
  assert.equal(customer.first_order, false)
  const tuesday = sampleRequest(
    definition,
    { situation: 'first', items: 0, amount: 1 },
    new Date('2026-12-01T23:00:00Z'),
  )
  assert.equal(tuesday.order.paid_at, '2026-11-24T08:20:00.000Z')
  assert.equal(tuesday.order.lines[0]?.quantity, 1)
})

test('a plan is tried with the product that starts it', () => {
  const plan = { type: 'subscription', plan: { products_bought: ['plan-30'] } }
  const { order } = sampleRequest(plan, { situation: 'tuesday', items: 1, amount: 100 }, MONDAY)
  assert.deepEqual(order.lines, [{ product_id: 'plan-30', quantity: 1, total: 100 }])
})
