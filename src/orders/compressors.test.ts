// A compressor that stays packs each text by itself: nothing of one is needed to read another, whoever made room meanwhile.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decompress } from './archive.ts'
import { createCompressors } from './compressors.ts'

const shops = ['tea', 'coffee', 'juice', ''].map((word) => Buffer.from(`{"sold":"${word}"}`.repeat(100)))

test('texts come back one by one, in whatever order shops send them, with fewer compressors than shops', () => {
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

test('one that failed does not come back', () => {
  const { compress } = createCompressors()
  const [tea] = shops as [Buffer]
  assert.throws(() => compress(null as never, tea))
  assert.deepEqual(decompress(compress(Buffer.from('tea'), tea), tea), Buffer.from('tea'))
})
