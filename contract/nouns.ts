// The grammar of counted things in both languages: points, stamps, uses, items. Explanations, screens
// and messages share it.

export type NounName = 'points' | 'stamps' | 'subscription' | 'item'

/** The case of an Arabic noun, which changes after a verbal noun or a preposition. */
export type Case = 'nominative' | 'genitive'

/** The forms of a noun beside a number. `plain` follows a fraction, and in Arabic also hundreds. */
export interface Noun {
  one: string
  two: { nominative: string; genitive: string } | null
  few: string
  many: string
  plain: string
}

/**
 * `2 points`, «نقطتان». English has a singular and a plural. Arabic has singular and dual without a
 * numeral, plural after 3-10, accusative singular after 11-99, and plain singular after hundreds. A
 * negative count keeps its numeral. Source: the plural categories of Unicode CLDR,
 * https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
 */
export function counted(count: bigint, noun: Noun, grammar: Case): string {
  if (count < 0n) return noun.two && count >= -2n ? `${count} ${noun.plain}` : `-${counted(-count, noun, grammar)}`
  if (count === 1n) return noun.one
  if (noun.two === null) return `${grouped(count)} ${noun.many}`
  if (count === 2n) return noun.two[grammar]
  const rest = count % 100n
  return `${grouped(count)} ${rest >= 3n && rest <= 10n ? noun.few : rest >= 11n ? noun.many : noun.plain}`
}

/** Thousands separated by commas: `1,000,000`. */
export function grouped(digits: string | number | bigint): string {
  return String(digits).replace(/\B(?=(\d{3})+$)/g, ',')
}

function english(one: string, many: string): Noun {
  return { one: `1 ${one}`, two: null, few: many, many, plain: many }
}

function arabic(one: string, nominative: string, genitive: string, few: string, many: string, plain: string): Noun {
  return { one, two: { nominative, genitive }, few, many, plain }
}

export const NOUNS: Record<'en' | 'ar', Record<NounName, Noun>> = {
  en: {
    points: english('point', 'points'),
    stamps: english('stamp', 'stamps'),
    subscription: english('use', 'uses'),
    item: english('item', 'items'),
  },
  ar: {
    points: arabic('نقطة واحدة', 'نقطتان', 'نقطتين', 'نقاط', 'نقطة', 'نقطة'),
    stamps: arabic('ختم واحد', 'ختمان', 'ختمين', 'أختام', 'ختمًا', 'ختم'),
    subscription: arabic('استخدام واحد', 'استخدامان', 'استخدامين', 'استخدامات', 'استخدامًا', 'استخدام'),
    item: arabic('قطعة واحدة', 'قطعتان', 'قطعتين', 'قطع', 'قطعة', 'قطعة'),
  },
}
