// A card token identifies a card at one business under one key. Invented or changed tokens are
// refused.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { derivedId } from '../kernel/ids.ts'
import { createProofKeys } from './proof-keys.ts'

const keys = createProofKeys(Buffer.alloc(32, 7))
const shop = derivedId('proof', 'shop')
const customerId = derivedId('proof', 'customer')
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

test('every token is parsed to its card, also in capital letters', () => {
  const serials = fc.oneof(fc.constantFrom(1, 2 ** 31 - 1), fc.integer({ min: 1, max: 2 ** 31 - 1 }))
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), serials, (id, serial) => {
      const token = keys.formatCardToken(shop, { customerId: id, serial })
      assert.match(token, /^lpc_[0-9a-hjkmnp-tv-z]{48}$/)
      assert.deepEqual(keys.parseCardToken(shop, token), { customerId: id, serial })
      assert.deepEqual(keys.parseCardToken(shop, token.toUpperCase()), { customerId: id, serial })
    }),
  )
})

test('a token with a changed, missing or additional character is refused', () => {
  const token = keys.formatCardToken(shop, { customerId, serial: 1 })
  for (let at = 'lpc_'.length; at < token.length; at++) {
    for (const letter of LETTERS) {
      if (letter === token[at]) continue
      assert.equal(keys.parseCardToken(shop, token.slice(0, at) + letter + token.slice(at + 1)), null)
    }
  }
  for (const other of [
    '',
    'lpc_',
    token.slice(0, -1),
    `${token}0`,
    token.slice(4),
    `lpx_${token.slice(4)}`,
    'é'.repeat(52),
  ])
    assert.equal(keys.parseCardToken(shop, other), null, other)
})

test('a token of another business or another key is refused', () => {
  const token = keys.formatCardToken(shop, { customerId, serial: 1 })
  assert.equal(keys.parseCardToken(derivedId('proof', 'other shop'), token), null)
  assert.equal(createProofKeys(randomBytes(32)).parseCardToken(shop, token), null)
})

test('the hash of a password depends on business, customer and key', () => {
  const hash = keys.hashPassword(shop, customerId, '123456').toString('hex')
  const others = [
    keys.hashPassword(shop, customerId, '123457'),
    keys.hashPassword(shop, derivedId('proof', 'other customer'), '123456'),
    keys.hashPassword(derivedId('proof', 'other shop'), customerId, '123456'),
    createProofKeys(randomBytes(32)).hashPassword(shop, customerId, '123456'),
  ].map((other) => other.toString('hex'))
  assert.equal(new Set([hash, ...others]).size, 5)
  assert.equal(keys.hashPassword(shop, customerId, '123456').toString('hex'), hash)
})
