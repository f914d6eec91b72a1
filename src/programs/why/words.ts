// Formats the parts of a sentence in English and Arabic: counted units, money, dates, exact
// fractions.
import type { ProgramType } from '../../../contract/program.ts'
import type { IsoDate } from '../../kernel/clock.ts'
import { currencyDigits, type Milli, type Minor } from '../../kernel/money.ts'
import { multiply, type Rational, rational } from '../../kernel/rational.ts'

export type Language = 'en' | 'ar'

/**
 * What a sentence needs to know of the program and the business, which the stored why does not
 * repeat.
 */
export interface Setting {
  type: ProgramType
  /** ISO 4217. */
  currency: string
}

/** The same sentence in both languages. */
export type Sentence<Facts> = Record<Language, (facts: Facts, words: Words) => string>

/** The case of an Arabic noun, which changes after a verbal noun or a preposition. */
export type Case = 'nominative' | 'genitive'

export interface Words {
  /** `24.00 SAR`. */
  money(amount: Minor): string
  /** `1 March 2026`. */
  date(date: IsoDate): string
  /** Units of the program, or money for cashback: `2 points`. */
  units(count: number | bigint, grammar?: Case): string
  /** Units with a fraction: `24.5 points`, `1.075 SAR`. */
  fraction(exact: Rational): string
  /** `2 items`, `1.25 items`. */
  items(quantity: Milli, grammar?: Case): string
}

export function wordsOf(language: Language, { type, currency }: Setting): Words {
  const nouns = NOUNS[language]
  const coins = (amount: Rational) => moneyText(language, currency, amount)
  return {
    money: (amount) => coins(rational(amount)),
    date: (date) => dateText(language, date),
    units: (count, grammar = 'nominative') =>
      type === 'cashback' ? coins(rational(count)) : counted(BigInt(count), nouns[type], grammar),
    fraction: (exact) => (type === 'cashback' ? coins(exact) : measured(exact, nouns[type], 'nominative')),
    items: (quantity, grammar = 'nominative') => measured(rational(quantity, 1000), nouns.item, grammar),
  }
}

/** An exact amount of minor units: `1,234.50 SAR`, `1,234.50 ريال`. */
export function moneyText(language: Language, currency: string, amount: Rational): string {
  const digits = currencyDigits(currency)
  const coin = language === 'ar' ? (ARABIC_CURRENCIES[currency] ?? currency) : currency
  return `${decimal(multiply(amount, rational(1, 10n ** BigInt(digits))), digits)} ${coin}`
}

/** `1 March 2026`, `1 مارس 2026`: Gregorian months and Western digits in both languages. */
export function dateText(language: Language, date: IsoDate): string {
  const [year, month, day] = date.split('-')
  return `${Number(day)} ${MONTHS[language][Number(month) - 1]} ${year}`
}

/**
 * The fraction as a decimal with at least `places` decimal places, truncated after three more and
 * then marked with `…`. Computed from integers, so that no floating-point error is shown.
 */
export function decimal({ num, den }: Rational, places: number): string {
  const most = places + 3
  const scaled = (num < 0n ? -num : num) * 10n ** BigInt(most)
  const digits = (scaled / den).toString().padStart(most + 1, '0')
  const text = `${num < 0n ? '-' : ''}${grouped(digits.slice(0, -most))}.${digits.slice(-most)}`
  if (scaled % den !== 0n) return `${text}…`
  return text.replace(/0{1,3}$/, '').replace(/\.$/, '')
}

/** Thousands separated by commas: `1,000,000`. */
export function grouped(digits: string | number | bigint): string {
  return String(digits).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** The forms of a noun beside a number. `plain` follows a fraction, and in Arabic also hundreds. */
interface Noun {
  one: string
  two: { nominative: string; genitive: string } | null
  few: string
  many: string
  plain: string
}

type NounName = Exclude<ProgramType, 'cashback'> | 'item'

/**
 * English has a singular and a plural. Arabic has singular and dual without a numeral, plural after
 * 3-10, accusative singular after 11-99, and plain singular after hundreds. A negative count keeps
 * its numeral. Source: the plural categories of Unicode CLDR,
 * https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
 */
function counted(count: bigint, noun: Noun, grammar: Case): string {
  if (count < 0n) return noun.two && count >= -2n ? `${count} ${noun.plain}` : `-${counted(-count, noun, grammar)}`
  if (count === 1n) return noun.one
  if (noun.two === null) return `${grouped(count)} ${noun.many}`
  if (count === 2n) return noun.two[grammar]
  const rest = count % 100n
  return `${grouped(count)} ${rest >= 3n && rest <= 10n ? noun.few : rest >= 11n ? noun.many : noun.plain}`
}

function measured(exact: Rational, noun: Noun, grammar: Case): string {
  return exact.den === 1n ? counted(exact.num, noun, grammar) : `${decimal(exact, 0)} ${noun.plain}`
}

function english(one: string, many: string): Noun {
  return { one: `1 ${one}`, two: null, few: many, many, plain: many }
}

function arabic(one: string, nominative: string, genitive: string, few: string, many: string, plain: string): Noun {
  return { one, two: { nominative, genitive }, few, many, plain }
}

const NOUNS: Record<Language, Record<NounName, Noun>> = {
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

/** Currency names of the countries where LoyaPro is used; other currencies show their ISO code. */
const ARABIC_CURRENCIES: Record<string, string> = {
  SAR: 'ريال',
  QAR: 'ريال',
  OMR: 'ريال',
  AED: 'درهم',
  KWD: 'دينار',
  BHD: 'دينار',
  JOD: 'دينار',
  EGP: 'جنيه',
}

const MONTHS: Record<Language, readonly string[]> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  ar: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'.split(' '),
}
