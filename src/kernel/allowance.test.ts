// Rate limits: what is allowed, what waits, and what is forgotten.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createAllowance } from './allowance.ts'

function stopwatch() {
  let now = 1_000_000
  return {
    elapsed: () => now,
    advance: (ms: number) => {
      now += ms
    },
  }
}

test('the allowance of a minute can be used at once, and refills evenly', () => {
  const { elapsed, advance } = stopwatch()
  const { take } = createAllowance({ perMinute: 60, elapsed })
  for (let n = 0; n < 60; n++) assert.equal(take('a'), 0)
  assert.equal(take('a'), 1_000)
  assert.equal(take('b'), 0, 'each key has its own')
  advance(1_000)
  assert.equal(take('a'), 0)
  assert.equal(take('a'), 1_000)
  advance(30_000)
  assert.equal(take('a', 31), 1_000)
  assert.equal(take('a', 30), 0)
})

test('an amount above the whole allowance waits for a full allowance', () => {
  const { elapsed, advance } = stopwatch()
  const { take } = createAllowance({ perMinute: 10, elapsed })
  assert.equal(take('a', 100), 0)
  assert.equal(take('a', 100), 60_000)
  advance(60_000)
  assert.equal(take('a', 100), 0)
})

test('asking uses nothing', () => {
  const { elapsed } = stopwatch()
  const { take, waitMs } = createAllowance({ perMinute: 1, elapsed })
  assert.deepEqual([waitMs('a'), waitMs('a'), take('a'), waitMs('a')], [0, 0, 0, 60_000])
})

test('no minute uses more than two allowances, and no instant more than one', () => {
  const step = fc.record({ key: fc.constantFrom('a', 'b'), ms: fc.nat(40_000), amount: fc.integer({ min: 1, max: 5 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const { elapsed, advance } = stopwatch()
      const { take } = createAllowance({ perMinute: 10, elapsed, maxKeys: 100 })
      const taken: { key: string; at: number; amount: number }[] = []
      for (const { key, ms, amount } of steps) {
        advance(ms)
        if (take(key, amount) === 0) taken.push({ key, at: elapsed(), amount })
        const recent = taken.filter((one) => one.key === key && one.at > elapsed() - 60_000)
        assert(recent.reduce((sum, one) => sum + one.amount, 0) <= 20)
      }
    }),
  )
})

test('keys beyond the maximum are forgotten, the least recently used first', () => {
  const { elapsed } = stopwatch()
  const { take } = createAllowance({ perMinute: 1, maxKeys: 3, elapsed })
  for (const key of ['a', 'b', 'c', 'd']) assert.equal(take(key), 0)
  assert(take('d') > 0)
  assert(take('c') > 0)
  for (const key of ['e', 'f', 'g']) take(key)
  assert.equal(take('a'), 0)
})
