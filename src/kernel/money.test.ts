// Money loses no unit: input is rounded half-even, and splits are exact.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocate, currencyDigits, formatMinor, prorate, toScaled } from './money.ts'

test('a decimal becomes minor units, half-even, from a number or its text', () => {
  assert.equal(toScaled(24, 2), 2400)
  assert.equal(toScaled('24.00', 2), 2400)
  assert.equal(toScaled(20.86957, 2), 2087)
  // Halfway between two units the even one is taken, for both signs.
  assert.equal(toScaled('0.125', 2), 12)
  assert.equal(toScaled('0.135', 2), 14)
  assert.equal(toScaled('-0.125', 2), -12)
  // 1.015 as written; the float is slightly less, and 100 times it would round to 101.
  assert.equal(toScaled(1.015, 2), 102)
  assert.equal(toScaled('.5', 2), 50)
  assert.equal(toScaled(1e-7, 5), 0)
  assert.equal(toScaled('2.5e3', 2), 250_000)
})

test('C36: floating-point errors are rounded away', () => {
  assert.equal(toScaled(-1e-14, 2), 0)
  assert.equal(toScaled(0.1 + 0.2, 2), 30)
})

test('anything but a plain decimal, or a value beyond safe integers, is null', () => {
  for (const text of ['', ' ', '.', 'NaN', 'Infinity', '0x10', '1_000', '1,5', '24 SAR', '١٢', '1e9999']) {
    assert.equal(toScaled(text, 2), null, text)
  }
  assert.equal(toScaled(Number.NaN, 2), null)
  assert.equal(toScaled(Number.POSITIVE_INFINITY, 2), null)
  assert.equal(toScaled(Number.MAX_SAFE_INTEGER, 2), null)
  // Exponents of any size are read.
  assert.equal(toScaled('1e500', 2), null)
  assert.equal(toScaled('0e500', 2), 0)
  assert.equal(toScaled('1e-500', 2), 0)
})

test('formatted amounts are parsed back unchanged', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom('SAR', 'KWD', 'JPY'), (amount, currency) => {
      const digits = currencyDigits(currency)
      assert.equal(toScaled(formatMinor(amount, digits), digits), amount + 0)
    }),
  )
  assert.equal(formatMinor(-5, 2), '-0.05')
  assert.equal(formatMinor(1255, 3), '1.255')
  assert.equal(formatMinor(100, 0), '100')
})

test('a share is rounded half-even and never leaves integers', () => {
  assert.equal(prorate(100, 1, 3), 33)
  assert.equal(prorate(5, 1, 2), 2)
  assert.equal(prorate(15, 1, 2), 8)
  assert.equal(prorate(-5, 1, 2), -2)
  // The product exceeds what a float counts exactly.
  assert.equal(prorate(9_007_199_254_740_991, 999_999_999, 1_000_000_000), 9_007_199_245_733_792)
})

test('parts sum to the whole, and each is its exact share, rounded down or up', () => {
  const weights = fc.array(fc.nat({ max: 1e9 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), weights, (total, given) => {
      const parts = allocate(total, given)
      assert.equal(
        parts.reduce((a, b) => a + b, 0),
        total,
      )
      const sum = given.reduce((a, b) => a + BigInt(b), 0n)
      if (sum === 0n) return
      parts.forEach((part, index) => {
        const exact = BigInt(Math.abs(total)) * BigInt(given[index] ?? 0)
        const units = BigInt(Math.abs(part))
        assert.ok(units * sum <= exact + sum - 1n && units * sum > exact - sum, `${part} of ${total}`)
      })
    }),
  )
  assert.deepEqual(allocate(100, [1, 1, 1]), [34, 33, 33])
  assert.deepEqual(allocate(-100, [1, 1, 1]), [-34, -33, -33])
  assert.deepEqual(allocate(7, [0, 0]), [7, 0])
  assert.deepEqual(allocate(0, [3, 4]), [0, 0])
  assert.deepEqual(allocate(5, []), [])
})
