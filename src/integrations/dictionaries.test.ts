// The sample bodies are dictionaries of stored data: their bytes can never change, and they must
// save space.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { orderOf } from '../../test/support/pos.ts'
import { must } from '../kernel/assert.ts'
import { bodyProfiles } from './body-profiles.ts'
import { foodicsBody } from './foodics/fixtures/body.ts'
import { shippedIntegrations } from './registry.ts'
import { standardBody } from './standard/fixtures/body.ts'

/** A better dictionary is a new file beside the old one, which stays. */
const SHA256 = {
  foodics: '0fe0b3314575a9292d98d353943cfe1da4f7865c936567dc1939207b048ca526',
  standard: 'e0b550f12aca62b17423311784c14a69b037b3f94f285df30b4d4a23db6402dc',
}

for (const name of ['foodics', 'standard'] as const) {
  test(`${name}: the dictionary has the bytes that compressed stored bodies, and is a valid body`, () => {
    const { sampleBody } = must(bodyProfiles.get(name), name)
    assert.equal(createHash('sha256').update(sampleBody).digest('hex'), SHA256[name])
    orderOf(shippedIntegrations.get(name), JSON.parse(sampleBody.toString()))
  })
}

test('a body shrinks to less than a third of what it would without the dictionary', () => {
  const bodies = {
    foodics: foodicsBody({
      reference: 7,
      customer: { number: 77 },
      lines: [{ price: 12, product: 'tea', name: 'Tea' }],
    }),
    standard: standardBody({ reference: 7, lines: [{ product_id: 'tea', name: 'Tea', price: 7 }] }),
  }
  for (const name of ['foodics', 'standard'] as const) {
    const body = Buffer.from(JSON.stringify(bodies[name]))
    const dictionary = must(bodyProfiles.get(name), name).sampleBody
    const packed = zstdCompressSync(body, { dictionary })
    assert.ok(packed.length * 3 < zstdCompressSync(body).length, `${name}: ${packed.length}`)
    assert.deepEqual(zstdDecompressSync(packed, { dictionary }), body)
  }
})
