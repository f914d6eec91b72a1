// Keys for one purpose each, derived from a secret key.
import { hkdfSync } from 'node:crypto'

/** 32 bytes (HKDF with SHA-256, RFC 5869). A key for one purpose reveals no key for another. */
export function deriveKey(secretKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', purpose, 32))
}
