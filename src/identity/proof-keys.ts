// What the secret key proves: card tokens, which nobody else can create, and hashes of one-time
// passwords.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { fromBase32, hexToBase32 } from '../kernel/base32.ts'
import { deriveKey } from '../kernel/derived-key.ts'
import { bytesOfUuid, type Uuid, uuidOfBytes } from '../kernel/ids.ts'

/** The card that a token identifies. */
export interface CardIdentity {
  customerId: Uuid
  /** Number of the customer's card; only the latest one is valid. */
  serial: number
}

export interface ProofKeys {
  /** The content of a QR code or wallet pass: 52 characters, always the same for a card. */
  formatCardToken(businessId: Uuid, card: CardIdentity): string
  /** Null if it is no token of this business. Whether its card is the latest one is not checked. */
  parseCardToken(businessId: Uuid, token: string): CardIdentity | null
  /** 32 bytes that identify the password of this customer. */
  hashPassword(businessId: Uuid, customerId: Uuid, password: string): Buffer
}

/** `secretKey`: from the configuration. Each purpose has a key derived from it (HKDF, RFC 5869). */
export function createProofKeys(secretKey: Buffer): ProofKeys {
  const cardKey = deriveKey(secretKey, 'loyapro customer card')
  const passwordKey = deriveKey(secretKey, 'loyapro one-time password')
  return {
    formatCardToken(businessId, { customerId, serial }) {
      const body = Buffer.alloc(BODY)
      bytesOfUuid(customerId).copy(body)
      body.writeUInt32BE(serial, ID)
      const bytes = Buffer.concat([body, tagOf(cardKey, businessId, body)])
      return PREFIX + hexToBase32(bytes.toString('hex'))
    },
    parseCardToken(businessId, token) {
      const bytes = decode(token)
      if (bytes === null) return null
      const body = bytes.subarray(0, BODY)
      if (!timingSafeEqual(bytes.subarray(BODY), tagOf(cardKey, businessId, body))) return null
      return { customerId: uuidOfBytes(body.subarray(0, ID)), serial: body.readUInt32BE(ID) }
    },
    hashPassword: (businessId, customerId, password) =>
      createHmac('sha256', passwordKey)
        .update(bytesOfUuid(businessId))
        .update(bytesOfUuid(customerId))
        .update(password)
        .digest(),
  }
}

const PREFIX = 'lpc_'
/** In bytes: the customer's id, the serial, and an authentication tag of 80 bits. */
const ID = 16
const BODY = ID + 4
const TAG = 10
/** 240 bits, five for each digit. */
const DIGITS = ((BODY + TAG) * 8) / 5

/** The tag covers the business, which is not in the token: it is not valid at another business. */
function tagOf(key: Buffer, businessId: Uuid, body: Buffer): Buffer {
  return createHmac('sha256', key).update(bytesOfUuid(businessId)).update(body).digest().subarray(0, TAG)
}

/** Some scanners type capital letters. */
function decode(token: string): Buffer | null {
  const text = token.toLowerCase()
  if (text.length !== PREFIX.length + DIGITS || !text.startsWith(PREFIX)) return null
  const value = fromBase32(text.slice(PREFIX.length))
  return value === null ? null : Buffer.from(value.toString(16).padStart((BODY + TAG) * 2, '0'), 'hex')
}
