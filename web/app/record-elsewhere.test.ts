import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordIn } from './record-elsewhere.ts'

test('the record of an address is its id, and nothing else in it', () => {
  const id = `cus_${'0'.repeat(26)}`
  assert.equal(recordIn(`/app/customers/${id}`), id)
  assert.equal(recordIn(`/app/programs/${id}/edit`), id)
  for (const path of ['/app/customers', '/app/', '/app/connect/foodics', '/app/customers/cus_1', `/app/x${id}`]) {
    assert.equal(recordIn(path), null, path)
  }
})
