// A cached value is loaded once for many callers, and is never older than requested.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recent } from './recent.ts'

function counted() {
  const state = { loads: 0, elapsed: 0, fail: false }
  const value = recent(
    async () => {
      state.loads++
      if (state.fail) throw new Error('the database is away')
      return state.loads
    },
    () => state.elapsed,
  )
  return { state, value }
}

test('ten callers at once cause one load', async () => {
  const { state, value } = counted()
  const seen = await Promise.all(Array.from({ length: 10 }, () => value.notOlderThan(2_000)))
  assert.deepEqual(new Set(seen), new Set([1]))
  assert.equal(state.loads, 1)
})

test('the value is cached up to the requested age, and loaded again after it', async () => {
  const { state, value } = counted()
  assert.equal(await value.notOlderThan(2_000), 1)
  state.elapsed = 2_000
  assert.equal(await value.notOlderThan(2_000), 1)
  assert.equal(await value.notOlderThan(1_999), 2, 'a caller that requests a fresher value gets it')
  state.elapsed = 4_001
  assert.equal(await value.notOlderThan(2_000), 3)
})

test('when loading fails, the callers get the error and no old value, and the next caller tries again', async () => {
  const { state, value } = counted()
  await value.notOlderThan(2_000)
  state.elapsed = 5_000
  state.fail = true
  await assert.rejects(value.notOlderThan(2_000), /away/)
  state.fail = false
  assert.equal(await value.notOlderThan(2_000), 3)
})

test('after forget() the value is loaded again', async () => {
  const { value } = counted()
  await value.notOlderThan(2_000)
  value.forget()
  assert.equal(await value.notOlderThan(2_000), 2)
})
