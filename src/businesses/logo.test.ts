// Pictures of logos: what is taken, and what is refused for which reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { MAX_LOGO_BYTES, readLogo } from './logo.ts'

const base64 = (bytes: Buffer) => bytes.toString('base64')

test('a PNG, a JPEG and a WebP are read with their dimensions; the same bytes have the same hash', () => {
  const pictures = [pngOf(64, 48), jpegOf(64, 48), webpOf(64, 48)]
  const read = pictures.map((picture) => readLogo(base64(picture)))
  assert.deepEqual(
    read.map((one) => one.kind === 'logo' && [one.logo.type, one.logo.width, one.logo.height]),
    [
      ['image/png', 64, 48],
      ['image/jpeg', 64, 48],
      ['image/webp', 64, 48],
    ],
  )
  const [first] = read
  assert.ok(first?.kind === 'logo' && /^[0-9a-f]{32}$/.test(first.logo.hash))
  assert.deepEqual(readLogo(base64(pngOf(64, 48))), first)
})

test('other formats, parts of pictures and pictures with something behind them are no pictures', () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script></svg>',
  )
  const gif = Buffer.from('GIF89a\x40\x00\x40\x00\x00\x00\x00;', 'latin1')
  const html = Buffer.from('<script>alert(1)</script>')
  for (const picture of [pngOf(64, 64), jpegOf(64, 64), webpOf(64, 64)]) {
    for (const wrong of [picture.subarray(0, -1), picture.subarray(0, 20), Buffer.concat([picture, html])]) {
      assert.equal(readLogo(base64(wrong)).kind, 'not_a_picture')
    }
  }
  for (const wrong of [svg, gif, html, Buffer.from('%PDF-1.7 64 64 padding')]) {
    assert.equal(readLogo(base64(wrong)).kind, 'not_a_picture', wrong.toString('latin1', 0, 8))
  }
})

test('limits hold for bytes and for each side', () => {
  assert.equal(readLogo(base64(pngOf(31, 64))).kind, 'wrong_dimensions')
  assert.equal(readLogo(base64(pngOf(64, 2049))).kind, 'wrong_dimensions')
  assert.equal(readLogo(base64(Buffer.alloc(MAX_LOGO_BYTES + 1))).kind, 'too_large')
  assert.equal(readLogo('no picture').kind, 'not_base64')
  assert.equal(readLogo('iVBORw0KGgo').kind, 'not_base64')
})

test('a JPEG keeps its picture, colour profile and turn, and nothing that tells where it was taken or of what it is a part', () => {
  const plain = jpegOf(64, 48)
  const [start, jfif, frame] = [plain.subarray(0, 2), plain.subarray(2, 20), plain.subarray(20, -2)]
  const profile = segment(0xe2, 'ICC_PROFILE\0\x01\x01sample')
  const adobe = segment(0xee, 'Adobe\0\x64\0\0\0\0\x01')
  // With a stuffed byte, a restart, and a second scan behind a comment.
  const scan = Buffer.concat([segment(0xda, '\x01\x01\0\0\x3f\0'), Buffer.from('12ff0034ffd056', 'hex')])
  const end = Buffer.from('ffd9', 'hex')
  const turned = Buffer.from('ffe1002245786966000049492a0008000000010012010300010000000600000000000000', 'hex')
  const secret = 'SECRET PLACE'
  const photo = Buffer.concat([
    start,
    jfif,
    Buffer.from('ffe1002e45786966000049492a0008000000010012010300010000000600000000000000', 'hex'),
    Buffer.from(secret),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${secret}`),
    segment(0xe0, `JFXX\0${secret}`),
    profile,
    segment(0xe2, `MPF\0${secret}`),
    segment(0xed, `Photoshop 3.0\0${secret}`),
    adobe,
    segment(0xfe, secret),
    frame,
    scan,
    segment(0xfe, secret),
    scan,
    end,
    start,
    segment(0xe1, `Exif\0\0${secret}`),
    end,
  ])
  const kept = Buffer.concat([start, turned, jfif, profile, adobe, frame, scan, scan, end])
  assert.deepEqual(pictureOf(photo), kept)
  assert.deepEqual(pictureOf(kept), kept)
  assert.deepEqual(pictureOf(plain), plain, 'one without metadata is as it was')
})

test('a PNG and a WebP lose what is said beside the picture, too', () => {
  const png = pngOf(64, 48)
  const words = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'].map((type) => chunk(type, Buffer.from('SECRET PLACE')))
  const density = chunk('pHYs', Buffer.alloc(9))
  const [head, rest] = [png.subarray(0, 33), png.subarray(33)]
  assert.deepEqual(pictureOf(Buffer.concat([head, ...words, density, rest])), Buffer.concat([head, density, rest]))

  const vp8 = webpOf(64, 48).subarray(12)
  const extended = (flags: number) => riffChunk('VP8X', Buffer.from([flags, 0, 0, 0, 63, 0, 0, 47, 0, 0]))
  const profile = riffChunk('ICCP', Buffer.from('odd'))
  const said = ['EXIF', 'XMP '].map((type) => riffChunk(type, Buffer.from('SECRET PLACE')))
  assert.deepEqual(pictureOf(riff(extended(0x2c), profile, vp8, ...said)), riff(extended(0x20), profile, vp8))
})

test('no bytes make it throw or loop', () => {
  const heads = [pngOf(64, 64), jpegOf(64, 64), webpOf(64, 64)]
  const damaged = fc.tuple(fc.constantFrom(...heads), fc.nat(60), fc.uint8Array({ maxLength: 40 }))
  const property = fc.property(damaged, ([head, at, bytes]) => {
    const picture = Buffer.concat([head.subarray(0, at), bytes, head.subarray(at)])
    assert.ok(readLogo(base64(picture)).kind.length > 0)
  })
  fc.assert(property, { numRuns: 1_000 })
})

function pictureOf(picture: Buffer): Buffer | null {
  const read = readLogo(base64(picture))
  return read.kind === 'logo' ? read.logo.picture : null
}

function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((width * 3 + 1) * height))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const end = Buffer.from('0000000049454e44ae426082', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), end])
}

function chunk(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  // Nobody who reads the dimensions checks the sum at the end.
  return Buffer.concat([size, Buffer.from(type), data, Buffer.alloc(4)])
}

/** The markers of a JPEG with its frame; the picture itself is left out. */
function jpegOf(width: number, height: number): Buffer {
  const app = Buffer.from('ffe000104a46494600010100000100010000', 'hex')
  const frame = Buffer.from('ffc00011080000000003012200021101031101', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([Buffer.from('ffd8', 'hex'), app, frame, Buffer.from('ffd9', 'hex')])
}

/** The head of a WebP without alpha; the picture itself is left out. */
function webpOf(width: number, height: number): Buffer {
  const body = Buffer.alloc(30)
  body.write('RIFF', 0, 'latin1')
  body.writeUInt32LE(body.length - 8, 4)
  body.write('WEBPVP8 ', 8, 'latin1')
  body.writeUInt32LE(10, 16)
  body.set([0, 0, 0, 0x9d, 0x01, 0x2a], 20)
  body.writeUInt16LE(width, 26)
  body.writeUInt16LE(height, 28)
  return body
}

function segment(marker: number, content: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, Buffer.from(content, 'latin1')])
}

function riffChunk(type: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from(type), size, content, Buffer.alloc(content.length % 2)])
}

function riff(...chunks: Buffer[]): Buffer {
  const head = Buffer.from('RIFF\0\0\0\0WEBP')
  const file = Buffer.concat([head, ...chunks])
  file.writeUInt32LE(file.length - 8, 4)
  return file
}
