// Removes a customer from a stored body, and keeps it valid JSON (pure).
import { bodyProfiles } from '../integrations/body-profiles.ts'
import type { NonPersonal } from '../integrations/toolkit/non-personal.ts'
import { foldText } from '../kernel/text.ts'
import { isDigit, type JsonValue, jsonValues } from './json-values.ts'
import { lengthKept, personalValues } from './redact.ts'

/**
 * The body with only the values that its integration lists as non-personal: every other text
 * becomes empty and every other number 0, as does a listed value that contains a name, a number or
 * an address of the customer. Without a list nothing stays. `names`: of the customer, as known
 * besides the body. A body that is not JSON becomes empty.
 */
export function redactBody(body: Buffer, adapter: string, names: readonly string[] = []): Buffer {
  const values = valuesOf(body, bodyProfiles.get(adapter)?.nonPersonal ?? {})
  if (values === null) return NOTHING
  const people = new Set([
    ...values.flatMap(personalValues),
    ...names.map(foldText).filter((name) => name.length >= SHORTEST_NAME),
  ])
  return replaceValues(body, values, (value) => {
    const kept = lengthKept(value, people)
    return kept === value.bytes.length ? null : emptied(value, kept)
  })
}

/**
 * The text with those values emptied that `isPersonal` names, and all others byte for byte: for what
 * mentions a customer and is about somebody else. Null when it names none.
 */
export function redactMentions(text: Buffer, isPersonal: (value: string) => boolean): Buffer | null {
  const values = valuesOf(text, {})
  if (values === null) return isPersonal(text.toString()) ? NOTHING : null
  const mentions = new Set(values.filter((value) => isPersonal(decoded(value))))
  if (mentions.size === 0) return null
  return replaceValues(text, values, (value) => (mentions.has(value) ? emptied(value, 0) : null))
}

const NOTHING = Buffer.alloc(0)

/** A shorter name occurs in other words by chance. */
const SHORTEST_NAME = 3

function valuesOf(text: Buffer, rules: NonPersonal): JsonValue[] | null {
  try {
    JSON.parse(text.toString())
  } catch {
    return null
  }
  return jsonValues(text, rules)
}

/** The value as it reads, without the escapes of JSON. */
function decoded({ kind, bytes }: JsonValue): string {
  return kind === 'number' ? bytes.toString() : JSON.parse(`"${bytes.toString()}"`)
}

/** Of a text its first bytes; of a number its first digits, and 0 for the others. */
function emptied({ kind, bytes }: JsonValue, kept: number): Buffer {
  if (kind !== 'number') return bytes.subarray(0, kept)
  if (kept === 0) return Buffer.from('0')
  return Buffer.from(bytes.map((byte, at) => (at >= kept && isDigit(byte) ? ZERO : byte)))
}

const [ZERO = 0] = Buffer.from('0')

/** `values` are views of `text`, in its order. */
function replaceValues(
  text: Buffer,
  values: readonly JsonValue[],
  replacement: (value: JsonValue) => Buffer | null,
): Buffer {
  const parts: Buffer[] = []
  let done = 0
  for (const value of values) {
    const instead = replacement(value)
    if (instead === null) continue
    const at = value.bytes.byteOffset - text.byteOffset
    parts.push(text.subarray(done, at), instead)
    done = at + value.bytes.length
  }
  return Buffer.concat([...parts, text.subarray(done)])
}
