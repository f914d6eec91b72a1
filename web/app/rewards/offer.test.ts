// A reward is sent with the fields of its kind alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldsWithout, offerOf } from './offer.ts'

test('what belongs to another kind is neither shown nor sent', () => {
  assert.deepEqual(fieldsWithout('percent_products'), ['discount_amount'])
  const filled = { kind: 'fixed_order', price: 20, discount_amount: 500, percent: 10, products: ['latte'], id: 'rwd_1' }
  const names = ['kind', 'price', 'discount_amount', 'percent', 'products']
  assert.deepEqual(offerOf(filled, names), { kind: 'fixed_order', price: 20, discount_amount: 500 })
  assert.deepEqual(offerOf({ ...filled, kind: 'percent_products' }, names), {
    kind: 'percent_products',
    price: 20,
    percent: 10,
    products: ['latte'],
  })
})
