// Turns a record into the dictionary for later records: redacted, with a zstd entropy header
// (pure).
import { readFileSync } from 'node:fs'
import type { BodyProfile } from '../integrations/integration.ts'
import { redactRecord } from './redact.ts'

/**
 * The dictionary contains no personal data, because it outlives its record: it is stored as long as
 * anything that it compressed.
 */
export function dictionaryFrom(record: Buffer, { nonPersonal }: Pick<BodyProfile, 'nonPersonal'>): Buffer {
  return Buffer.concat([ENTROPY, redactRecord(record, nonPersonal).subarray(0, MOST_BYTES - ENTROPY.length)])
}

/**
 * The header of a zstd dictionary (RFC 8878, section 5): frequencies of bytes, lengths and
 * distances when a synthetic record is compressed with another one. A compressed record is so small
 * that its own tables would be an eighth of it. Every dictionary contains the header, so the file
 * can be replaced by a better one. Its dictionary id is 0, so that compressed records do not
 * contain an id.
 */
const ENTROPY = readFileSync(new URL('./shipped/entropy-1.bin', import.meta.url))

/** A larger dictionary costs more time per record than the saved bytes are worth. */
const MOST_BYTES = 32_768
