// Recognises a customer in stored text, in every way in which a POS or LoyaPro writes a number or an
// address (pure).
import type { Identity } from '../customers/erase.ts'
import { splitPhone } from '../kernel/phone.ts'
import { foldText, latinDigits } from '../kernel/text.ts'

/** What the archive is searched for while an erasure is open; deleted when it is complete. */
export interface Search extends Identity {
  /** IDs of the customer at POS systems. */
  posIds: string[]
}

/** Whether the text, as `searchable` gives it, names the customer by number, address or POS ID. */
export type Matcher = (text: string) => boolean

export function matcherOf({ phones, emails, posIds }: Search): Matcher {
  const patterns = [
    ...phones.map(phonePattern),
    ...[...emails, ...posIds.filter((id) => id.length >= SHORTEST_ID)].map((text) => literal(text.toLowerCase())),
  ]
  if (patterns.length === 0) return () => false
  const pattern = new RegExp(patterns.join('|'))
  return (text) => pattern.test(text)
}

/** As matcherOf, for one value: the names of the customer count as well. */
export function valueMatcherOf(search: Search): (value: string) => boolean {
  const matches = matcherOf(search)
  const names = search.names.map(foldText).filter((name) => name.length >= SHORTEST_NAME)
  return (value) => {
    const folded = foldText(value)
    return matches(searchable(value)) || names.some((name) => folded.includes(name))
  }
}

/** A short ID may be a number of anything, and a short name a part of another word. */
const SHORTEST_ID = 12
const SHORTEST_NAME = 5

/** Lower case, Western digits, without the escapes of JSON. */
export function searchable(text: string): string {
  const plain = text.includes('\\')
    ? text
        .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
        .replaceAll('\\/', '/')
    : text
  return latinDigits(plain).toLowerCase()
}

/** What people write between the digits of a number. */
const BETWEEN = '[\\s().\\-\\u2010-\\u2015\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*'

/**
 * The number with or without its country code and trunk prefix, with anything between its digits,
 * and never as a part of a longer number.
 */
function phonePattern(phone: string): string {
  const parts = splitPhone(phone)
  const digits = (text: string) => [...text].join(BETWEEN)
  if (parts === null || parts.national.length < SHORTEST_NATIONAL) return `(?<!\\d)${digits(phone.slice(1))}(?!\\d)`
  const code = `(?:00|\\+)?${digits(String(parts.callingCode))}${BETWEEN}(?:\\(?0\\)?${BETWEEN})?`
  return `(?<!\\d)(?:${code}|0${BETWEEN})?${digits(parts.national)}(?!\\d)`
}

/** A shorter number without its country code may be anything. */
const SHORTEST_NATIONAL = 7

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
