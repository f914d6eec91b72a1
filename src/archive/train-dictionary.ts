// Makes a frame into the dictionary of those that come after it: without its people, and with what
// their bytes are mostly like (pure).
import { readFileSync } from 'node:fs'
import type { BodyProfile } from '../integrations/integration.ts'
import { redactRecord } from './redact.ts'

/**
 * Nobody is named in it: it stays for as long as anything that was packed with it, and so longer
 * than the frame that it was.
 */
export function dictionaryFrom(frame: Buffer, { nonPersonal }: Pick<BodyProfile, 'nonPersonal'>): Buffer {
  return Buffer.concat([ENTROPY, redactRecord(frame, nonPersonal).subarray(0, MOST_BYTES - ENTROPY.length)])
}

/**
 * The head of a zstd dictionary (RFC 8878, section 5): how often which byte, length and distance
 * occurs when a made-up frame is packed with another one. What a frame packs is so little that
 * tables of its own would be an eighth of it. Each dictionary holds these bytes itself, so a better
 * file may take the place of this one. Its number is 0, so that no frame carries it.
 */
const ENTROPY = readFileSync(new URL('./shipped/entropy-1.bin', import.meta.url))

/** Beyond it a dictionary costs each frame more time than it saves bytes. */
const MOST_BYTES = 32_768
