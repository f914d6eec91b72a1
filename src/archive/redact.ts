// Removes personal data from a record and keeps its shape, so that the rest may outlive the record
// (pure).

import type { NonPersonal } from '../integrations/toolkit/non-personal.ts'
import { foldText } from '../kernel/text.ts'
import { isDigit, type JsonValue, jsonValues } from './json-values.ts'
import { ANSWER_NON_PERSONAL, ORDER_NON_PERSONAL } from './order-fields.ts'
import { textsOf } from './record.ts'

/**
 * Returns a copy of the record in which only its shape (punctuation, field names) and non-personal
 * values are unchanged: those that `nonPersonal` lists for the body, and order-fields.ts for order
 * and answer. In all other values letters become `x` and digits `0`, and also in a listed value
 * that contains a personal value of the record.
 */
export function redactRecord(record: Buffer, nonPersonal: NonPersonal): Buffer {
  const redacted = Buffer.from(record)
  const { body, order, answer } = textsOf(redacted)
  const values = [
    ...valuesOf(body, nonPersonal),
    ...valuesOf(order, ORDER_NON_PERSONAL),
    ...valuesOf(answer, ANSWER_NON_PERSONAL),
  ]
  const people = new Set(values.flatMap(personalValues))
  // Computed for all values before the first one is overwritten.
  const kept = values.map((value) => lengthKept(value, people))
  for (const [index, { bytes }] of values.entries()) blank(bytes.subarray(kept[index]))
  return redacted
}

/** A text that is not JSON is one value without a rule. */
function valuesOf(text: Buffer, rules: NonPersonal): JsonValue[] {
  try {
    JSON.parse(text.toString())
  } catch {
    return [{ kind: 'text', bytes: text }]
  }
  return jsonValues(text, rules)
}

/** What is said of a person in this place, folded: it is removed from other places as well. */
export function personalValues({ kind, bytes, rule }: JsonValue): string[] {
  if (rule !== 'person') return []
  const folded = plain({ kind, bytes })
  // Instants occur in many places, and a short number is a kind, a flag or a count.
  return folded.length < (kind === 'number' ? SHORTEST_NUMBER : SHORTEST_NAME) || IS_INSTANT.test(folded)
    ? []
    : [folded]
}

const SHORTEST_NUMBER = 5
const SHORTEST_NAME = 3
const IS_INSTANT = /^\d{4}-\d\d-\d\d[ t]\d\d:/

/**
 * The folded text, because order and answer can write a name of the body without its escapes and
 * capitals or with other letters.
 */
function plain({ kind, bytes }: Pick<JsonValue, 'kind' | 'bytes'>): string {
  const text = bytes.toString()
  return foldText(String(kind === 'number' ? text : JSON.parse(`"${text}"`)))
}

/** How many bytes at the start of the value stay unchanged. */
export function lengthKept(value: JsonValue, people: ReadonlySet<string>): number {
  const { kind, bytes, rule } = value
  if (kind === 'key') return IS_FIELD.test(bytes.toString()) && !people.has(plain(value)) ? bytes.length : 0
  if (rule === 'day') return kind === 'number' ? DAY_DIGITS : IS_DATE.test(bytes.toString()) ? DATE_BYTES : 0
  return rule === 'kept' && !isPersonal(plain(value), people) ? bytes.length : 0
}

/** The name of a field as programs write it, so that a person's name as a key is redacted. */
const IS_FIELD = /^[a-z][a-z_]{0,39}\d?$/i

/** The first digits of Unix seconds, and of milliseconds, change about once a day. */
const DAY_DIGITS = 5
const IS_DATE = /^\d{4}-\d\d-\d\d/
const DATE_BYTES = 10

/**
 * A short word occurs in many others by chance, so it is compared as a whole only. With more
 * personal values than any order has, every value is redacted without a comparison, so that no body
 * takes long.
 */
function isPersonal(value: string, people: ReadonlySet<string>): boolean {
  if (people.has(value) || people.size > MOST_COMPARED) return true
  return [...people].some((one) => one.length >= SHORTEST_PART && value.includes(one))
}

const SHORTEST_PART = 4
const MOST_COMPARED = 200

function blank(bytes: Buffer): void {
  for (const [index, byte] of bytes.entries()) {
    if (isDigit(byte)) bytes[index] = DIGIT
    else if (byte >= 0x80 || isLetter(byte)) bytes[index] = LETTER
  }
}

const [DIGIT = 0, LETTER = 0] = Buffer.from('0x')

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
}
