// Keeps bodies, snapshots and answers small: zstd with a dictionary that already knows what such a text looks like.
import { readFileSync } from 'node:fs'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { must } from '../kernel/assert.ts'
import { adapters } from '../pos/index.ts'

/** What a text is, and so which dictionary is the best one for it today. */
export type ArchiveKind = 'foodics' | 'standard' | 'snapshot' | 'answer'

/**
 * The number under which each dictionary is stored beside what it compressed. A dictionary in use never changes: a better one
 * gets a number of its own and becomes the one that `CURRENT` names.
 */
const DICTIONARIES = new Map<number, Buffer>([
  [1, adapters.foodics.sampleBody],
  [2, adapters.standard.sampleBody],
  [3, readFileSync(new URL('./dictionaries/snapshot-1.jsonl', import.meta.url))],
  [4, readFileSync(new URL('./dictionaries/answer-1.jsonl', import.meta.url))],
])
const CURRENT: Record<ArchiveKind, number> = { foodics: 1, standard: 2, snapshot: 3, answer: 4 }

/** Level 3 is no slower than 1 on texts of this size, and packs a body 5 % smaller. */
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_contentSizeFlag]: 1 }

export interface Packed {
  dictionary: number
  bytes: Buffer
}

export function pack(kind: ArchiveKind, text: Buffer | string): Packed {
  const dictionary = CURRENT[kind]
  const source = typeof text === 'string' ? Buffer.from(text) : text
  // Told the length beforehand, zstd makes its tables no larger than such a text needs.
  const options = { dictionary: dictionaryOf(dictionary), params: PARAMS, pledgedSrcSize: source.length }
  const bytes = zstdCompressSync(source, options)
  return { dictionary, bytes }
}

/** Throws when the bytes were not made with this dictionary. */
export function unpack(packed: Packed): Buffer {
  return zstdDecompressSync(packed.bytes, { dictionary: dictionaryOf(packed.dictionary) })
}

function dictionaryOf(number: number): Buffer {
  return must(DICTIONARIES.get(number), `compression dictionary ${number}`)
}
