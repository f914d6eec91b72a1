// A compressor that is reused compresses each text on its own: no text is needed to read another,
// even after the cache has evicted compressors.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constants, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { derivedId } from '../kernel/ids.ts'
import { decompress } from './codec.ts'
import { createCompressors } from './compressors.ts'

const shops = ['tea', 'coffee', 'juice', ''].map((word) => Buffer.from(`{"sold":"${word}"}`.repeat(100)))

test('texts of shops in any order are decompressed correctly, with fewer compressors than shops', () => {
  const text = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.constant(Buffer.from('{"sold":"tea"}'.repeat(3_000))),
    fc.constant(Buffer.alloc(0)),
  )
  const visit = fc.record({ shop: fc.nat(shops.length - 1), text })
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 30 }), (visits) => {
      const { compress } = createCompressors(2)
      const packed = visits.map(({ shop, text }) => compress(Buffer.from(text), shops[shop] as Buffer))
      for (const [n, { shop, text }] of visits.entries()) {
        assert.deepEqual(decompress(packed[n] as Buffer, shops[shop] as Buffer), Buffer.from(text))
      }
    }),
  )
})

test('a text says how long it is and proves that it was read rightly', () => {
  const { compress } = createCompressors()
  const [tea, coffee] = shops as [Buffer, Buffer]
  const packed = compress(Buffer.from('{"sold":"tea"}'.repeat(5)), tea)
  assert.equal(packed[4], 0b0010_0100, 'one segment of known length, with a checksum (RFC 8878, 3.1.1.1.1)')
  assert.equal(packed[5], 70)
  assert.throws(() => decompress(packed, coffee), /checksum|corruption/i)
})

test('a large order beside the dictionary of a small one is packed as small as by a compressor with all the room it likes', () => {
  const orderOf = (lines: number) => {
    const sold = Array.from({ length: lines }, (_, n) => ({
      id: derivedId('line', String(lines), String(n)),
      product: derivedId('product', String(n % 60)),
      name: `Sample product ${n % 60}`,
      price: 10 + (n % 60),
      quantity: 1,
    }))
    return Buffer.from(JSON.stringify({ branch: 'Sample branch', products: sold }))
  }
  const [small, large] = [orderOf(3), orderOf(400)]
  const params = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_minMatch]: 7 }
  const free = zstdCompressSync(large, { dictionary: small, params, pledgedSrcSize: large.length })
  const packed = createCompressors().compress(large, small)
  assert.ok(packed.length < free.length * 1.05, `${packed.length} bytes, and ${free.length} with all room`)
  assert.deepEqual(decompress(packed, small), large)
})

test('a compressor that failed is not reused', () => {
  const { compress } = createCompressors()
  const [tea] = shops as [Buffer]
  assert.throws(() => compress(null as never, tea))
  assert.deepEqual(decompress(compress(Buffer.from('tea'), tea), tea), Buffer.from('tea'))
})
