// Reads loosely typed values: texts, IDs, flags and codes in the types that PHP and people use.
import { foldText, isPlainText, toPlainText } from '../../kernel/text.ts'

/**
 * An object of the body. Its keys come from the sender: they are read by known names, never
 * iterated or merged.
 */
export type Json = Readonly<Record<string, unknown>>

/**
 * The object, or null for any other value; PHP writes an empty object as `[]`, which counts as
 * null.
 */
export function objectOf(value: unknown): Json | null {
  return isObject(value) ? value : null
}

/**
 * A display name: well-formed, on one line, at most 200 UTF-16 units. Undefined when nothing
 * remains.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') return undefined
  const text = toPlainText(value)
  if (text.length <= MAX_TEXT) return text === '' ? undefined : text
  const cut = text.slice(0, MAX_TEXT)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

/**
 * An ID is compared, so it is used completely or not at all: 1 to `max` characters without control
 * characters and unpaired surrogates.
 */
export function idOf(value: unknown, max = 128): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined
  if (typeof value !== 'string') return undefined
  const id = value.trim()
  return id === '' || id.length > max || !isPlainText(id) ? undefined : id
}

/** A number of an enumeration, also as text; undefined for any other value. */
export function codeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\d{1,4}$/.test(value.trim()) ? Number(value) : undefined
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

/**
 * A number that an enumeration counted from 1 can have, now or in a later version of the POS;
 * undefined for any other value.
 */
export function enumCodeOf(value: unknown): number | undefined {
  const code = codeOf(value)
  return code !== undefined && code >= 1 && code <= 9999 ? code : undefined
}

/**
 * A word of an enumeration, folded like names and joined by `_`: `Loyalty Redemption` →
 * `loyalty_redemption`.
 */
export function wordOf(value: unknown): string | undefined {
  const text = textOf(value)
  return text === undefined ? undefined : foldText(text).replace(/[\s_-]+/g, '_')
}

export function flagOf(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true'
}

/**
 * An e-mail address; undefined for any other value, because no order is refused for an e-mail
 * address.
 */
export function emailOf(value: unknown): string | undefined {
  const text = textOf(value)
  return text !== undefined && /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) ? text : undefined
}

const MAX_TEXT = 200

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
