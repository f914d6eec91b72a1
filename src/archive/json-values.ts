// Finds the values of a JSON text in its bytes, each with the rule for its place (pure).

import type { NonPersonal } from '../integrations/toolkit/non-personal.ts'
import { must } from '../kernel/assert.ts'

/** A text, a number or a key of an object; null, true and false reveal nothing. */
export interface JsonValue {
  kind: 'key' | 'text' | 'number'
  /** A view of the text's own bytes, without the quotes. */
  bytes: Buffer
  /** Undefined for keys and for places without a rule. */
  rule?: NonPersonal | undefined
}

/** In the order of the text, which must be JSON. Not recursive, so any depth is safe. */
export function jsonValues(text: Buffer, root: NonPersonal): JsonValue[] {
  const values: JsonValue[] = []
  const open: Container[] = []
  for (let at = 0; at < text.length; at++) {
    const byte = must(text[at], 'a byte')
    const inside = open.at(-1)
    const rule = inside ? inside.rule : root
    if (byte === QUOTE) {
      const end = endOfText(text, at)
      const bytes = text.subarray(at + 1, end)
      if (inside?.awaitsKey) {
        inside.rule = ruleAt(inside.of, bytes.toString())
        values.push({ kind: 'key', bytes })
      } else values.push({ kind: 'text', bytes, rule })
      at = end
    } else if (byte === OPEN_OBJECT) open.push({ of: rule, awaitsKey: true, isObject: true, rule: undefined })
    else if (byte === OPEN_LIST) open.push({ of: rule, awaitsKey: false, isObject: false, rule })
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) open.pop()
    else if (byte === COLON && inside) inside.awaitsKey = false
    else if (byte === COMMA && inside) inside.awaitsKey = inside.isObject
    else if (byte === MINUS || isDigit(byte)) {
      const end = endOfNumber(text, at)
      values.push({ kind: 'number', bytes: text.subarray(at, end), rule })
      at = end - 1
    }
  }
  return values
}

interface Container {
  /** The rule for the container. */
  of: NonPersonal | undefined
  /** The rule for its next value. */
  rule: NonPersonal | undefined
  isObject: boolean
  awaitsKey: boolean
}

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, COLON, COMMA, MINUS] = Buffer.from(
  '"\\{}[]:,-',
) as unknown as number[]

/**
 * Everything inside a `person` is `person`. `kept` and `day` apply to single values, so that the
 * members of an object in such a place have no rule.
 */
function ruleAt(of: NonPersonal | undefined, key: string): NonPersonal | undefined {
  if (typeof of === 'object') return Object.hasOwn(of, key) ? of[key] : of['*']
  return of === 'person' ? of : undefined
}

function endOfText(text: Buffer, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1
  return at
}

const NUMBER = new Set(Buffer.from('+-.eE0123456789'))

function endOfNumber(text: Buffer, from: number): number {
  let at = from
  while (at < text.length && NUMBER.has(must(text[at], 'a byte'))) at++
  return at
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}
