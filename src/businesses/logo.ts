// Reads the picture of a logo: PNG, JPEG or WebP by its own bytes, within limits. Nothing else gets into
// the database, so nothing that a browser could run is ever served, nor where a photo was taken.
import { createHash } from 'node:crypto'
import { disableTypes, imageSize, types } from 'image-size'
import { type LogoType, withoutMetadata } from './logo-metadata.ts'

export interface Logo {
  /** The first 32 hexadecimal digits of the SHA-256 of the picture. */
  hash: string
  type: LogoType
  width: number
  height: number
  picture: Buffer
}

export type ReadLogoOutcome =
  | { kind: 'logo'; logo: Logo }
  | { kind: 'not_base64' | 'too_large' | 'not_a_picture' | 'wrong_dimensions' }

export const MAX_LOGO_BYTES = 200 * 1024
/** Pixels of each side. */
export const MIN_LOGO_SIDE = 32
export const MAX_LOGO_SIDE = 2048

const TYPES: Readonly<Record<string, LogoType>> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' }

disableTypes(types.filter((type) => !(type in TYPES)))

/**
 * In order of precedence: not_base64, too_large, not_a_picture (also one that is cut off or has
 * something after its end), wrong_dimensions, logo.
 */
export function readLogo(base64: string): ReadLogoOutcome {
  if (!BASE64.test(base64)) return { kind: 'not_base64' }
  const sent = Buffer.from(base64, 'base64')
  if (sent.length > MAX_LOGO_BYTES) return { kind: 'too_large' }
  const size = sizeOf(sent)
  if (size === null || !isWhole(size.type, sent)) return { kind: 'not_a_picture' }
  const { type, width, height, orientation } = size
  const picture = withoutMetadata(type, sent, orientation)
  if (picture === null) return { kind: 'not_a_picture' }
  const isWithin = [width, height].every((side) => side >= MIN_LOGO_SIDE && side <= MAX_LOGO_SIDE)
  if (!isWithin) return { kind: 'wrong_dimensions' }
  const hash = createHash('sha256').update(picture).digest('hex').slice(0, 32)
  return { kind: 'logo', logo: { hash, type, width, height, picture } }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

interface Size extends Pick<Logo, 'type' | 'width' | 'height'> {
  /** Of EXIF: how a photo is turned. */
  orientation: number | undefined
}

function sizeOf(picture: Buffer): Size | null {
  try {
    const { type = '', width, height, orientation } = imageSize(picture)
    const known = TYPES[type]
    return known === undefined ? null : { type: known, width, height, orientation }
  } catch {
    // What the library cannot read is no picture.
    return null
  }
}

const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex')
const JPEG_END = Buffer.from('ffd9', 'hex')

/** Whether the bytes end where the format says that the picture ends. */
function isWhole(type: LogoType, picture: Buffer): boolean {
  switch (type) {
    case 'image/png':
      return picture.subarray(-PNG_END.length).equals(PNG_END)
    case 'image/jpeg':
      return picture.subarray(-JPEG_END.length).equals(JPEG_END)
    case 'image/webp':
      return picture.readUInt32LE(4) + 8 === picture.length
  }
}
