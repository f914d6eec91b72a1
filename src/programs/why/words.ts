// Formats the parts of a sentence in English and Arabic: counted units, money, dates, exact
// fractions.
import { type Case, counted, grouped, NOUNS, type Noun } from '../../../contract/nouns.ts'
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

export type { Case } from '../../../contract/nouns.ts'

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

function measured(exact: Rational, noun: Noun, grammar: Case): string {
  return exact.den === 1n ? counted(exact.num, noun, grammar) : `${decimal(exact, 0)} ${noun.plain}`
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
