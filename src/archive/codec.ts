// Keeps what is stored of deliveries small: zstd with a dictionary that already knows what such a
// text looks like.
import { readFileSync } from 'node:fs'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { bodyProfiles } from '../integrations/body-profiles.ts'
import { assert, must } from '../kernel/assert.ts'

/** What a text is: `snapshot`, or a body or record of the integration with this name. */
export type ArchiveKind = string

/**
 * The number under which each shipped dictionary is stored beside what it compressed. A dictionary
 * in use never changes: a better one gets a number of its own and becomes the one that
 * `currentDictionary` returns. From `FIRST_OWN` on the numbers are a business's own.
 */
const SHIPPED = new Map<number, Buffer>([
  ...[...bodyProfiles.values()].map(({ dictionary, sampleBody }) => [dictionary, sampleBody] as const),
  [3, readFileSync(new URL('./shipped/snapshot-1.jsonl', import.meta.url))],
  // Answers that were stored apart, before there were frames.
  [4, readFileSync(new URL('./shipped/answer-1.jsonl', import.meta.url))],
])
assert(SHIPPED.size === bodyProfiles.size + 2, 'every shipped dictionary needs its own number')

/**
 * The one for new texts of a kind. An integration without a sample body uses that of `standard`.
 */
function currentDictionary(kind: ArchiveKind): number {
  if (kind === 'snapshot') return 3
  return must(bodyProfiles.get(kind) ?? bodyProfiles.get('standard'), 'the standard body profile').dictionary
}

/** The least number of a dictionary that is a business's own (dictionaries.ts). */
export const FIRST_OWN = 100

/** Of every compression. */
export const PARAMS = {
  [constants.ZSTD_c_contentSizeFlag]: 1,
  // Four bytes, without which a wrong dictionary would give wrong text and no error.
  [constants.ZSTD_c_checksumFlag]: 1,
}

export interface Packed {
  dictionary: number
  bytes: Buffer
}

/** Packs with the shipped dictionary for texts of this kind. */
export function pack(kind: ArchiveKind, text: Buffer | string): Packed {
  const dictionary = currentDictionary(kind)
  const source = typeof text === 'string' ? Buffer.from(text) : text
  const params = { ...PARAMS, [constants.ZSTD_c_compressionLevel]: 5 }
  // Told the length beforehand, zstd makes its tables no larger than such a text needs.
  const options = { dictionary: shipped(dictionary), params, pledgedSrcSize: source.length }
  return { dictionary, bytes: zstdCompressSync(source, options) }
}

/**
 * Throws when the bytes were not made with this dictionary (those from before frames: perhaps), or
 * when it is not a shipped one.
 */
export function unpack({ dictionary, bytes }: Packed): Buffer {
  return decompress(bytes, shipped(dictionary))
}

/** Throws when the bytes were not made with this dictionary. */
export function decompress(bytes: Buffer, dictionary: Buffer): Buffer {
  return zstdDecompressSync(bytes, { dictionary })
}

function shipped(number: number): Buffer {
  return must(SHIPPED.get(number), `compression dictionary ${number}`)
}
