// Takes out of a frame what says who somebody is and leaves its shape, so that the rest may stay
// when the frame must go (pure).

import type { NonPersonal } from '../integrations/toolkit/non-personal.ts'
import { foldText } from '../kernel/text.ts'
import { isDigit, type JsonValue, jsonValues } from './json-values.ts'
import { ANSWER_NON_PERSONAL, ORDER_NON_PERSONAL } from './order-fields.ts'
import { partsOf } from './record.ts'

/**
 * A copy of the frame with the same bytes at the same places wherever they are its shape
 * (punctuation, the names of fields) or a value that nobody is known by: those that `nonPersonal`
 * names in the body, and order-fields.ts in order and answer. In all other values letters have
 * become `x` and digits `0`, also in a named value that says what is said of a person of the frame.
 */
export function redactRecord(frame: Buffer, nonPersonal: NonPersonal): Buffer {
  const masked = Buffer.from(frame)
  const { body, order, answer } = partsOf(masked)
  const values = [
    ...valuesOf(body, nonPersonal),
    ...valuesOf(order, ORDER_NON_PERSONAL),
    ...valuesOf(answer, ANSWER_NON_PERSONAL),
  ]
  const people = new Set(values.flatMap(saidOfPerson))
  // Read all before the first of them is written over.
  const kept = values.map((value) => keptOf(value, people))
  for (const [index, { bytes }] of values.entries()) blank(bytes.subarray(kept[index]))
  return masked
}

/**
 * A text that is no JSON has no places that could be named: it is one value, of which nothing is
 * known.
 */
function valuesOf(text: Buffer, rules: NonPersonal): JsonValue[] {
  try {
    JSON.parse(text.toString())
  } catch {
    return [{ kind: 'text', bytes: text }]
  }
  return jsonValues(text, rules)
}

function saidOfPerson({ kind, bytes, rule }: JsonValue): string[] {
  if (rule !== 'person') return []
  const said = plain({ kind, bytes })
  // When an account was made or used is said of many things; a short number is a kind, a flag or a
  // count.
  return said.length < (kind === 'number' ? SHORTEST_NUMBER : SHORTEST_NAME) || IS_INSTANT.test(said) ? [] : [said]
}

const SHORTEST_NUMBER = 5
const SHORTEST_NAME = 3
const IS_INSTANT = /^\d{4}-\d\d-\d\d[ t]\d\d:/

/**
 * As names are compared: what a body writes with escapes, capitals or other letters, an order or an
 * answer writes otherwise.
 */
function plain({ kind, bytes }: Pick<JsonValue, 'kind' | 'bytes'>): string {
  const text = bytes.toString()
  return foldText(String(kind === 'number' ? text : JSON.parse(`"${text}"`)))
}

/** How many of the first bytes of the value stay. */
function keptOf(value: JsonValue, people: ReadonlySet<string>): number {
  const { kind, bytes, rule } = value
  if (kind === 'key') return IS_FIELD.test(bytes.toString()) && !people.has(plain(value)) ? bytes.length : 0
  if (rule === 'day') return kind === 'number' ? DAY_DIGITS : IS_DATE.test(bytes.toString()) ? DATE_BYTES : 0
  return rule === 'kept' && !saysOfPerson(plain(value), people) ? bytes.length : 0
}

/**
 * The name of a field, as programs have them; somebody's name or number in its place is not kept.
 */
const IS_FIELD = /^[a-z][a-z_]{0,39}\d?$/i

/** The first digits of Unix seconds, and of milliseconds, change about once a day. */
const DAY_DIGITS = 5
const IS_DATE = /^\d{4}-\d\d-\d\d/
const DATE_BYTES = 10

/**
 * A short word is in many others without meaning anybody. Where more is said of people than in any
 * order of a shop, nothing is compared and nothing stays, so that no body takes long.
 */
function saysOfPerson(said: string, people: ReadonlySet<string>): boolean {
  if (people.has(said) || people.size > MOST_COMPARED) return true
  return [...people].some((one) => one.length >= SHORTEST_PART && said.includes(one))
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
