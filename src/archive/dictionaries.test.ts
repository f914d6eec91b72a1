// The memory of a process for dictionaries: the newest of each adapter, and never more than it may
// hold.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { derivedId } from '../kernel/ids.ts'
import { createDictionaryCache } from './dictionaries.ts'

const shop = derivedId('dictionaries', 'shop')
const other = derivedId('dictionaries', 'other')

const dictionary = (businessId: string, number: number, adapter: 'foodics' | 'standard' = 'foodics') => ({
  businessId,
  number,
  adapter,
  createdAt: 0,
  content: Buffer.from('sample'),
})

test('the newest is that of the business and the adapter, whichever was read last', () => {
  const cache = createDictionaryCache()
  cache.add(dictionary(shop, 102))
  cache.add(dictionary(shop, 100))
  cache.add(dictionary(shop, 103, 'standard'))
  assert.equal(cache.newest(shop, 'foodics')?.number, 102)
  assert.equal(cache.newest(shop, 'standard')?.number, 103)
  assert.equal(cache.get(shop, 100)?.number, 100)
  assert.equal(cache.newest(other, 'foodics'), undefined)
  assert.equal(cache.get(other, 100), undefined)
})

test('the one that was used longest ago makes room, and is then not the newest of anything', () => {
  const cache = createDictionaryCache(2)
  cache.add(dictionary(shop, 100))
  cache.add(dictionary(other, 100))
  cache.newest(shop, 'foodics')
  cache.add(dictionary(other, 101))
  assert.equal(cache.get(other, 100), undefined)
  assert.equal(cache.newest(shop, 'foodics')?.number, 100)
  assert.equal(cache.newest(other, 'foodics')?.number, 101)
  cache.add(dictionary(other, 102))
  assert.equal(cache.newest(shop, 'foodics'), undefined)
  assert.equal(cache.newest(other, 'foodics')?.number, 102)
})
