// The keyed halves of proving a customer: card tokens, which cannot be made up, and hashes of
// one-time passwords.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { fromBase32, hexToBase32 } from '../kernel/base32.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Which card of which customer a token names. */
export interface CardIdentity {
  customerId: Uuid
  /** Of the customer's cards, which one: only the newest is worth anything. */
  serial: number
}

export interface ProofKeys {
  /**
   * What the customer's card carries, in a QR code or a wallet pass: 52 characters, the same for
   * the same card.
   */
  formatCardToken(businessId: Uuid, card: CardIdentity): string
  /**
   * What a token of this business says, or null for anything else. Whether it is the newest card,
   * only the database knows.
   */
  parseCardToken(businessId: Uuid, token: string): CardIdentity | null
  /** 32 bytes, by which a password is known again, and only for this customer. */
  hashPassword(businessId: Uuid, customerId: Uuid, password: string): Buffer
}

/**
 * `secretKey` is the configured one; from it follows a key for each purpose (HKDF, RFC 5869), so
 * that none can stand for another.
 */
export function createProofKeys(secretKey: Buffer): ProofKeys {
  const cardKey = keyFor(secretKey, 'loyapro customer card')
  const passwordKey = keyFor(secretKey, 'loyapro one-time password')
  return {
    formatCardToken(businessId, { customerId, serial }) {
      const face = Buffer.alloc(FACE)
      bytesOf(customerId).copy(face)
      face.writeUInt32BE(serial, ID)
      const bytes = Buffer.concat([face, stampOf(cardKey, businessId, face)])
      return MARK + hexToBase32(bytes.toString('hex'))
    },
    parseCardToken(businessId, token) {
      const bytes = readBytes(token)
      if (bytes === null) return null
      const face = bytes.subarray(0, FACE)
      if (!timingSafeEqual(bytes.subarray(FACE), stampOf(cardKey, businessId, face))) return null
      return { customerId: uuidOf(face.subarray(0, ID)), serial: face.readUInt32BE(ID) }
    },
    hashPassword: (businessId, customerId, password) =>
      createHmac('sha256', passwordKey)
        .update(bytesOf(businessId))
        .update(bytesOf(customerId))
        .update(password)
        .digest(),
  }
}

const MARK = 'lpc_'
/**
 * Bytes: the customer's id, then the serial, then a stamp of 80 bits, which nobody guesses over a
 * network.
 */
const ID = 16
const FACE = ID + 4
const STAMP = 10
/** 240 bits are exactly as many digits of 5 bits. */
const DIGITS = ((FACE + STAMP) * 8) / 5

function keyFor(secretKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', purpose, 32))
}

/**
 * The business is part of what is stamped, not of the token: at another business the token says
 * nothing.
 */
function stampOf(key: Buffer, businessId: Uuid, face: Buffer): Buffer {
  return createHmac('sha256', key).update(bytesOf(businessId)).update(face).digest().subarray(0, STAMP)
}

/** Some scanners type capitals. */
function readBytes(token: string): Buffer | null {
  const text = token.toLowerCase()
  if (text.length !== MARK.length + DIGITS || !text.startsWith(MARK)) return null
  const value = fromBase32(text.slice(MARK.length))
  return value === null ? null : Buffer.from(value.toString(16).padStart((FACE + STAMP) * 2, '0'), 'hex')
}

function bytesOf(uuid: Uuid): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function uuidOf(bytes: Buffer): Uuid {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
