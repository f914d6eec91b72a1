// Time-based one-time passwords (RFC 6238) as every authenticator app computes them: HMAC-SHA-1, six
// digits, steps of 30 seconds.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EpochMs } from '../kernel/clock.ts'

/** RFC 4226 recommends a secret of 160 bits. */
export const TOTP_SECRET_BYTES = 20

const STEP_MS = 30_000
const DIGITS = 6
/** Steps that a code may be early or late: clocks differ, and typing takes time. */
const TOLERANCE = 1

/** The code of a time step: an integer that counts 30 seconds since 1970. */
export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/** The step of which this is the code, among those near `now` that are later than `after`; else null. */
export function stepOfCode(
  secret: Buffer,
  code: string,
  { now, after }: { now: EpochMs; after: number },
): number | null {
  const present = Math.floor(now / STEP_MS)
  const steps = Array.from({ length: 2 * TOLERANCE + 1 }, (_, index) => present - TOLERANCE + index)
  // All are computed, so that the time tells nothing.
  const matching = steps.filter((step) => isEqual(codeOf(secret, step), code))
  return matching.find((step) => step > after) ?? null
}

/** The secret as authenticator apps take it: base32 (RFC 4648), 32 letters and digits. */
export function secretText(secret: Buffer): string {
  const bits = [...secret].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((group) => BASE32.charAt(Number.parseInt(group, 2))).join('')
}

/**
 * What the QR code contains. Source:
 * https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function keyUri(secret: Buffer, account: string): string {
  const label = `${ISSUER}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secretText(secret)}&issuer=${ISSUER}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`
}

const ISSUER = 'LoyaPro'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
