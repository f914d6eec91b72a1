// Ids: UUIDv7 made in the app, shown to people and machines as `prefix_` + 26 letters (the TypeID
// form). Source of the text form: https://github.com/jetify-com/typeid (spec v0.3.0): Crockford
// base32, lower case, 128 bits in 26 digits.
import { hash, randomFillSync } from 'node:crypto'
import { V7Generator } from 'uuidv7'
import { fromBase32, hexToBase32 } from './base32.ts'
import type { Clock, EpochMs } from './clock.ts'
import { systemClock } from './clock.ts'

/** A UUID in its usual text form, lower case. */
export type Uuid = string

export interface Ids {
  /** A fresh UUIDv7; ids of one process ascend. */
  next(): Uuid
}

export const ID_PREFIXES = {
  business: 'biz',
  branch: 'brn',
  customer: 'cus',
  program: 'prg',
  order: 'ord',
  delivery: 'dlv',
  transfer: 'trf',
  subscription: 'sub',
  card: 'crd',
  reward: 'rwd',
  claim: 'clm',
  redemption: 'rdm',
  apiKey: 'key',
} as const

export type IdKind = keyof typeof ID_PREFIXES

export function createIds(clock: Clock = systemClock): Ids {
  const generator = new V7Generator({ nextUint32 })
  return { next: () => generator.generateOrResetWithTs(clock.now()).toString() }
}

/** Many at a time: asking the system for random bytes costs much more than the bytes. */
const random = new Uint32Array(1_024)
let drawn = random.length

function nextUint32(): number {
  if (drawn === random.length) {
    randomFillSync(random)
    drawn = 0
  }
  return random[drawn++] ?? 0
}

/** Ids that `createIds` makes at `instant` or later are not below it. */
export function firstIdAt(instant: EpochMs): Uuid {
  return markedUuid(Math.max(0, instant).toString(16).padStart(12, '0').padEnd(32, '0'), 7)
}

/** `showId('customer', uuid)` → `cus_01h…`. */
export function formatId(kind: IdKind, uuid: Uuid): string {
  return `${ID_PREFIXES[kind]}_${toText(uuid)}`
}

/** The UUID behind a shown id, or null when the text is not an id of this kind. */
export function parseId(kind: IdKind, text: string): Uuid | null {
  const prefix = `${ID_PREFIXES[kind]}_`
  return text.startsWith(prefix) ? fromText(text.slice(prefix.length)) : null
}

/**
 * An id that follows from its parts, so that two processes that see the same thing name it alike
 * (UUIDv8 over SHA-256).
 */
export function derivedId(...parts: string[]): Uuid {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('')
  return markedUuid(hash('sha256', text, 'hex').slice(0, 32), 8)
}

/**
 * The UUID of 32 hexadecimal digits, of which version and variant take the places that RFC 9562
 * gives them.
 */
export function markedUuid(hex: string, version: 7 | 8): Uuid {
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3]
  return formatUuid(`${hex.slice(0, 12)}${version}${hex.slice(13, 16)}${variant}${hex.slice(17)}`)
}

const DIGITS = 26
const MAX = (1n << 128n) - 1n

function toText(uuid: Uuid): string {
  return hexToBase32(uuid.replaceAll('-', ''))
}

function fromText(text: string): Uuid | null {
  if (text.length !== DIGITS) return null
  const value = fromBase32(text)
  return value === null || value > MAX ? null : formatUuid(value.toString(16).padStart(32, '0'))
}

function formatUuid(hex: string): Uuid {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
