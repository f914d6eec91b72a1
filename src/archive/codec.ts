// Compresses what is stored of deliveries: zstd with a dictionary that resembles the text.
import { readFileSync } from 'node:fs'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { bodyProfiles } from '../integrations/body-profiles.ts'
import { assert, must } from '../kernel/assert.ts'

/** What a text is: `snapshot`, or a body or record of the integration with this name. */
export type ArchiveKind = string

/**
 * The shipped dictionaries by number; the number is stored with what the dictionary compressed. A
 * dictionary never changes: a better one gets a new number, which `currentDictionary` then returns.
 * Numbers from `FIRST_OWN` on belong to the dictionaries of a business.
 */
const SHIPPED = new Map<number, Buffer>([
  ...[...bodyProfiles.values()].map(({ dictionary, sampleBody }) => [dictionary, sampleBody] as const),
  [3, readFileSync(new URL('./shipped/snapshot-1.jsonl', import.meta.url))],
])
assert(SHIPPED.size === bodyProfiles.size + 1, 'every shipped dictionary needs its own number')

/** An integration without a body profile uses the dictionary of `standard`. */
function currentDictionary(kind: ArchiveKind): number {
  if (kind === 'snapshot') return 3
  return must(bodyProfiles.get(kind) ?? bodyProfiles.get('standard'), 'the standard body profile').dictionary
}

/** The lowest number of a business's own dictionaries (dictionaries.ts). */
export const FIRST_OWN = 100

/** Parameters of every compression. */
export const PARAMS = {
  [constants.ZSTD_c_contentSizeFlag]: 1,
  // Four bytes; without them, a wrong dictionary returns wrong text instead of an error.
  [constants.ZSTD_c_checksumFlag]: 1,
}

export interface Packed {
  dictionary: number
  bytes: Buffer
}

/** Compresses with the shipped dictionary for texts of this kind. */
export function pack(kind: ArchiveKind, text: Buffer | string): Packed {
  const dictionary = currentDictionary(kind)
  const source = typeof text === 'string' ? Buffer.from(text) : text
  const params = { ...PARAMS, [constants.ZSTD_c_compressionLevel]: 5 }
  // With a known length, zstd allocates tables no larger than the text needs.
  const options = { dictionary: shipped(dictionary), params, pledgedSrcSize: source.length }
  return { dictionary, bytes: zstdCompressSync(source, options) }
}

/** Throws when the bytes were not compressed with this dictionary, or when it is not shipped. */
export function unpack({ dictionary, bytes }: Packed): Buffer {
  return decompress(bytes, shipped(dictionary))
}

/** Throws when the bytes were not compressed with this dictionary. */
export function decompress(bytes: Buffer, dictionary: Buffer): Buffer {
  return zstdDecompressSync(bytes, { dictionary })
}

function shipped(number: number): Buffer {
  return must(SHIPPED.get(number), `compression dictionary ${number}`)
}
