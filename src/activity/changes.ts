// The values that a write changed, without secrets and personal data.

export type Values = Record<string, unknown>

/** The fields that differ, before and after. Null where nothing does. */
export function changesBetween(before: Values | null, after: Values | null): { before: Values; after: Values } | null {
  if (before === null || after === null) return null
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !BOOKKEEPING.has(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  return names.length === 0 ? null : { before: pick(before, names), after: pick(after, names) }
}

/**
 * Values that may be logged. What staff write in words may name a customer, whatever it is about;
 * it and, with `isPersonal`, the personal data of a customer are replaced by a mark, so that it
 * still shows that it changed.
 */
export function loggable(values: Values, isPersonal: boolean): Values {
  const shown = Object.entries(values).filter(([name]) => !SECRET.test(name))
  return Object.fromEntries(
    shown.map(([name, value]) => {
      const isHidden = IN_WORDS.test(name) || (isPersonal && isPersonalValue(name, value))
      return [name, isHidden ? mark(value) : value]
    }),
  )
}

/** Their change is not news: when and by whom, and where the values of a profile come from. */
const BOOKKEEPING = new Set(['updated_at', 'updated_by', 'profile_as_of', 'entered', 'pos_profile'])

/** Secrets, what they are found by, and what is derived from other columns. */
const SECRET = /password|secret|token|^code$|code_hash|hash$|^proof$|sealed|^card$|serial|folded|search/

/** Reasons and notes; they are read where they belong, and go with the customer. */
const IN_WORDS = /reason|^text$/

const PERSONAL = /phone|name|email|birth|gender|note|address/

function isPersonalValue(name: string, value: unknown): boolean {
  return PERSONAL.test(name) || (typeof value === 'object' && value !== null)
}

const MARK = '•••'

function mark(value: unknown): unknown {
  return value === null || value === undefined ? null : MARK
}

function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]))
}
