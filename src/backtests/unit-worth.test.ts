// What a unit is worth by the rewards that it can pay for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestWorth } from './unit-worth.ts'

const LATTE = { id: 'latte', sku: 'L-1', price: 1800 }

test('the offer that gives most for a unit decides', () => {
  const offers = [
    { units: 100, discount: { kind: 'fixed_order' as const, discount_amount: 400 } },
    { units: 60, discount: { kind: 'fixed_order' as const, discount_amount: 300 } },
  ]
  assert.deepEqual(bestWorth(offers, []), { amount: 300, units: 60 })
})

test('a free product is worth its price in the catalogue, of several the dearest', () => {
  const free = { kind: 'percent_products' as const, percent: 100, products: ['latte', 'cake'] }
  const prices = [LATTE, { id: 'cake', sku: null, price: 1400 }, { id: 'tea', sku: null, price: 9000 }]
  assert.deepEqual(bestWorth([{ units: 6, discount: free }], prices), { amount: 1800, units: 6 })
  const capped = { ...free, max_discount_amount: 1000 }
  assert.deepEqual(bestWorth([{ units: 6, discount: capped }], prices), { amount: 1000, units: 6 })
  const bySku = { ...free, products: ['L-1'], percent: 50, quantity: 2 }
  assert.deepEqual(bestWorth([{ units: 10, discount: bySku }], prices), { amount: 1800, units: 10 })
})

test('what has no price in money is worth nothing that could be said', () => {
  assert.equal(bestWorth([{ units: 10, discount: { kind: 'percent_order', percent: 10 } }], []), null)
  assert.equal(
    bestWorth([{ units: 6, discount: { kind: 'percent_products', percent: 100, products: ['x'] } }], []),
    null,
  )
  assert.equal(bestWorth([{ units: 0, discount: { kind: 'fixed_order', discount_amount: 500 } }], []), null)
})
