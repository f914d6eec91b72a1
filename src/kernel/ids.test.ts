import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hexToBase32 } from './base32.ts'
import { derivedId, formatId, ID_PREFIXES, type IdKind, parseId } from './ids.ts'

const hexes = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))

test('a UUID and its API form are the same number', () => {
  const kinds = fc.constantFrom(...(Object.keys(ID_PREFIXES) as IdKind[]))
  fc.assert(
    fc.property(kinds, hexes(32), (kind, hex) => {
      const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      const shown = formatId(kind, uuid)
      assert.equal(shown, `${ID_PREFIXES[kind]}_${toBase32(BigInt(`0x${hex}`), 26)}`)
      assert.equal(parseId(kind, shown), uuid)
    }),
  )
})

test('hexadecimal numbers of any length are converted', () => {
  const texts = fc.integer({ min: 1, max: 40 }).chain(hexes)
  fc.assert(
    fc.property(texts, (hex) => {
      assert.equal(hexToBase32(hex), toBase32(BigInt(`0x${hex}`), Math.ceil((hex.length * 4) / 5)))
    }),
  )
})

test('a derived id depends on its parts alone, and different lists of parts have different ids', () => {
  assert.equal(derivedId('order', 'a', 'foodics', '1'), derivedId('order', 'a', 'foodics', '1'))
  assert.notEqual(derivedId('a', 'bc'), derivedId('ab', 'c'))
  // Stored ids must never change.
  assert.equal(derivedId('order', 'sample', 'foodics', 'كوب'), '7b8f002c-5541-8afb-971b-4a8f2d5cf366')
})

/** Converts by repeated division: slow and simple. */
function toBase32(value: bigint, digits: number): string {
  let rest = value
  let text = ''
  for (let i = 0; i < digits; i++) {
    text = '0123456789abcdefghjkmnpqrstvwxyz'[Number(rest % 32n)] + text
    rest /= 32n
  }
  return text
}
