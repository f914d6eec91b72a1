// Sealed secrets can be opened with their key, in their row, unchanged; and in no other way.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSeal, SealBroken } from './seal.ts'

const key = randomBytes(32)
const seal = createSeal(key)

test('every sealed text can be opened again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (secret, purpose) => {
      const wellFormed = Buffer.from(secret).toString()
      assert.equal(seal.open(seal.close(wellFormed, purpose), purpose), wellFormed)
    }),
  )
})

test('the same secret sealed twice gives different bytes, so that equal secrets cannot be recognised', () => {
  assert.notDeepEqual(seal.close('secret', 'row'), seal.close('secret', 'row'))
})

test('with another key, another row or a changed byte it cannot be opened, and the message names the remedy', () => {
  const sealed = seal.close('secret', 'pos_secret foodics 1')
  const broken = (open: () => string) =>
    assert.throws(open, (error) => error instanceof SealBroken && error.message.includes('LOYAPRO_SECRET_KEY'))
  broken(() => createSeal(randomBytes(32)).open(sealed, 'pos_secret foodics 1'))
  broken(() => seal.open(sealed, 'pos_secret foodics 2'))
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    broken(() => seal.open(changed, 'pos_secret foodics 1'))
  }
  for (let length = 0; length < sealed.length; length++) {
    broken(() => seal.open(sealed.subarray(0, length), 'pos_secret foodics 1'))
  }
})
