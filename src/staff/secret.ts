// Secrets that leave the house: 32 random bytes, of which the database has only the SHA-256.
import { createHash, randomBytes } from 'node:crypto'

export interface Secret {
  /** 43 characters of base64url. It is handed out once and cannot be read again. */
  text: string
  hash: Buffer
}

export function newSecret(): Secret {
  const text = randomBytes(32).toString('base64url')
  return { text, hash: hashSecret(text) }
}

/** One round is enough: 256 random bits cannot be guessed. */
export function hashSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

export function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}
