// Removes from a picture what its file says beside the picture: where and when it was taken, with which
// device, comments, previews. Colour profiles, and how a photo is turned, stay.

export type LogoType = 'image/png' | 'image/jpeg' | 'image/webp'

/** Null when the file is damaged. `orientation`: the value of the tag in the EXIF of a JPEG. */
export function withoutMetadata(type: LogoType, picture: Buffer, orientation: number | undefined): Buffer | null {
  switch (type) {
    case 'image/jpeg':
      return cleanJpeg(picture, orientation)
    case 'image/png':
      return cleanPng(picture)
    case 'image/webp':
      return cleanWebp(picture)
  }
}

const EOI = 0xd9
const SOS = 0xda

/** Walks the segments to the end of the first picture: previews and second pictures follow it. */
function cleanJpeg(picture: Buffer, orientation: number | undefined): Buffer | null {
  const kept = [picture.subarray(0, 2)]
  if (orientation !== undefined && orientation >= 2 && orientation <= 8) kept.push(orientationSegment(orientation))
  for (let at = 2; at + 1 < picture.length; ) {
    const marker = picture[at + 1] ?? 0
    if (picture[at] !== 0xff) return null
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === EOI) return Buffer.concat([...kept, picture.subarray(at, at + 2)])
    if (at + 4 > picture.length) return null
    let end = at + 2 + picture.readUInt16BE(at + 2)
    if (end < at + 4) return null
    if (marker === SOS) end = endOfScan(picture, end)
    const segment = picture.subarray(at, end)
    if (isOfPicture(marker, segment.subarray(4))) kept.push(segment)
    at = end
  }
  return null
}

/** Where the coded picture ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(picture: Buffer, start: number): number {
  for (let at = start; at + 1 < picture.length; at++) {
    const next = picture[at + 1] ?? 0
    if (picture[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return picture.length
}

/** Not a comment, and of the segments of applications JFIF, the colour profile, and how Adobe codes colours. */
function isOfPicture(marker: number, content: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const names: Record<number, string> = { 224: 'JFIF\0', 226: 'ICC_PROFILE\0', 238: 'Adobe' }
  const name = names[marker]
  return name !== undefined && content.toString('latin1', 0, name.length) === name
}

/** EXIF with the one tag; without it a picture is upright. Source: CIPA DC-008, 4.5 and 4.6.4. */
function orientationSegment(orientation: number): Buffer {
  const segment = Buffer.from('ffe1002245786966000049492a0008000000010012010300010000000000000000000000', 'hex')
  segment.writeUInt16LE(orientation, 28)
  return segment
}

const PNG_METADATA = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME']

/** Chunks: length, type, content, checksum. */
function cleanPng(picture: Buffer): Buffer | null {
  const kept = [picture.subarray(0, 8)]
  for (let at = 8; at + 12 <= picture.length; ) {
    const end = at + 12 + picture.readUInt32BE(at)
    const type = picture.toString('latin1', at + 4, at + 8)
    if (!PNG_METADATA.includes(type)) kept.push(picture.subarray(at, end))
    if (type === 'IEND') return end === picture.length ? Buffer.concat(kept) : null
    at = end
  }
  return null
}

const WEBP_METADATA = ['EXIF', 'XMP ']
/** In the first byte of VP8X: that there are EXIF and XMP chunks. */
const WEBP_METADATA_FLAGS = 0x08 | 0x04

/** Chunks: type, length, content, padded to an even length. Source: RFC 9649, 2.3 and 2.7. */
function cleanWebp(picture: Buffer): Buffer | null {
  const kept = [Buffer.from(picture.subarray(0, 12))]
  for (let at = 12; at < picture.length; ) {
    if (at + 8 > picture.length) return null
    const size = picture.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (end > picture.length) return null
    const type = picture.toString('latin1', at, at + 4)
    const chunk = Buffer.from(picture.subarray(at, end))
    if (type === 'VP8X' && size > 0) chunk[8] = (chunk[8] ?? 0) & ~WEBP_METADATA_FLAGS
    if (!WEBP_METADATA.includes(type)) kept.push(chunk)
    at = end
  }
  const clean = Buffer.concat(kept)
  clean.writeUInt32LE(clean.length - 8, 4)
  return clean
}
