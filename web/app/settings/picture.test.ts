// The size in which a logo is drawn before it is sent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sizeWithin } from './picture.ts'

test('a picture keeps its proportions within 512 pixels, and is never enlarged', () => {
  assert.deepEqual(sizeWithin(1024, 512), { width: 512, height: 256 })
  assert.deepEqual(sizeWithin(100, 80), { width: 100, height: 80 })
})

test('a side is at least 32 pixels; a drawing without a size gets the largest', () => {
  assert.deepEqual(sizeWithin(2000, 20), { width: 512, height: 32 })
  assert.deepEqual(sizeWithin(0, 0), { width: 512, height: 512 })
})
