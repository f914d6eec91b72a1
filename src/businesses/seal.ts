// Seals secrets that must be readable again with AES-256-GCM, so that a stolen database contains
// none of them.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { assert } from '../kernel/assert.ts'

export interface Seal {
  /** `purpose` is bound to the sealed bytes: moved to another row, they cannot be opened. */
  close(secret: string, purpose: string): Buffer
  /** Throws SealBroken when the key or the purpose differs, or a byte was changed. */
  open(sealed: Buffer, purpose: string): string
}

/**
 * The key is not the one that sealed the secret, usually because the data directory or
 * LOYAPRO_SECRET_KEY was replaced.
 */
export class SealBroken extends Error {
  override name = 'SealBroken'
}

/** `key` has 32 bytes. Sealed bytes are: format 1, nonce (12), tag (16), ciphertext. */
export function createSeal(key: Buffer): Seal {
  assert(key.length === 32, 'the encryption key must be 32 bytes long')
  return {
    close(secret, purpose) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), text])
    },
    open(sealed, purpose) {
      const nonce = sealed.subarray(1, 1 + NONCE)
      const tag = sealed.subarray(1 + NONCE, HEAD)
      try {
        assert(sealed[0] === FORMAT && sealed.length >= HEAD, 'not an encrypted secret')
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
        decipher.setAAD(Buffer.from(purpose)).setAuthTag(tag)
        return decipher.update(sealed.subarray(HEAD), undefined, 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw new SealBroken(
          'a stored secret cannot be decrypted with this key: start LoyaPro with the same LOYAPRO_SECRET_KEY, or the same secret.key file, that encrypted it',
          { cause },
        )
      }
    },
  }
}

const FORMAT = 1
const NONCE = 12
const TAG = 16
const HEAD = 1 + NONCE + TAG
