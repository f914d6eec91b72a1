// Numbers, money, days and times as text, in the language, digits, zone and currency of the reader.
import type { Language } from './text.ts'

export type Digits = 'latn' | 'arab'

/** Who reads, and where the business is. */
export interface Setting {
  language: Language
  digits: Digits
  /** IANA time zone of the business. */
  zone: string
  /** ISO 4217 code of the business. */
  currency: string
}

export interface Formats {
  /** `1,240`; `places` decimal places at most. */
  number(value: number, places?: number): string
  /** `+48`, `−18`, `0`, with a sign in front in both languages. */
  signed(value: number): string
  /** `56%` of a share from 0 to 1. */
  percent(share: number, places?: number): string
  /** The number of minor units as a decimal, without the currency: `12.50`. */
  amount(minor: number, options?: { whole?: boolean }): string
  /** `+2.40`, `−0.90`: minor units with a sign, beside a glyph that says that it is money. */
  signedAmount(minor: number): string
  /** `30 November 2026`, of an instant or a date. */
  day(when: string | Date): string
  /** `30 Nov`, with the year when it is not this one. */
  shortDay(when: string | Date): string
  /** `Monday`. */
  weekday(when: string | Date): string
  /** `Monday, 30 November 2026`. */
  fullDay(when: string | Date): string
  /** `November 2026`. */
  month(when: string | Date): string
  /** `20 Jumada II 1448`. */
  hijri(when: string | Date): string
  /** `14:05`. */
  time(when: string | Date): string
  /** `30 November 2026, 14:05`. */
  moment(when: string | Date): string
  /** `3 minutes ago`, `yesterday`; after 7 days the day. */
  ago(when: string | Date, now: Date): string
}

/** The same object for the same setting: making a format of Intl takes longer than using it. */
export function formatsOf(setting: Setting): Formats {
  const key = `${setting.language} ${setting.digits} ${setting.zone} ${setting.currency}`
  const known = MADE.get(key)
  if (known) return known
  const made = makeFormats(setting)
  MADE.set(key, made)
  return made
}

const MADE = new Map<string, Formats>()

function makeFormats({ language, digits, zone, currency }: Setting): Formats {
  const locale = `${language === 'ar' ? 'ar' : 'en-GB'}-u-ca-gregory-nu-${language === 'ar' ? digits : 'latn'}`
  const numerals = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const at = (options: Intl.DateTimeFormatOptions) => {
    const inZone = once(() => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }))
    // A date without a time is a day of the business already.
    const inUtc = once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }))
    return (when: string | Date) => (isDate(when) ? inUtc() : inZone()).format(new Date(when))
  }
  const day = at({ day: 'numeric', month: 'long', year: 'numeric' })
  const dayOfYear = at({ day: 'numeric', month: 'short' })
  const shortDayAndYear = at({ day: 'numeric', month: 'short', year: 'numeric' })
  const weekday = at({ weekday: 'long' })
  const time = at({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const comma = language === 'ar' ? '، ' : ', '
  const places = minorPlaces(currency)
  const amount = (minor: number, { whole = false } = {}) =>
    withSign(minor / 10 ** places, (size) => fixed(locale, whole ? 0 : places, whole ? 0 : places).format(size))
  return {
    number: (value, most = 3) => withSign(value, (size) => fixed(locale, 0, most).format(size)),
    signed: (value) => `${value > 0 ? '+' : ''}${withSign(value, (size) => numerals.format(size))}`,
    percent: (share, most = 0) =>
      withSign(share, (size) => `${fixed(locale, 0, most).format(size * 100)}${digits === 'arab' ? '٪' : '%'}`),
    amount,
    signedAmount: (minor) => `${minor > 0 ? '+' : ''}${amount(minor)}`,
    day,
    shortDay: (when) => (yearOf(when, zone) === yearOf(new Date(), zone) ? dayOfYear(when) : shortDayAndYear(when)),
    weekday,
    fullDay: (when) => `${weekday(when)}${comma}${day(when)}`,
    month: at({ month: 'long', year: 'numeric' }),
    hijri: (when) => hijriText(language, digits, zone, when),
    time,
    moment: (when) => `${day(when)}${comma}${time(when)}`,
    ago: (when, now) => agoText(locale, new Date(when), now) ?? day(when),
  }
}

/** Decimal places of a currency: 2 for SAR, 3 for KWD. */
export function minorPlaces(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** Latin digits for what a person typed with Arabic or Persian ones; the rest is unchanged. */
export function latinDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', '')
}

const isDate = (when: string | Date) => typeof when === 'string' && when.length === 10

/** A minus sign as wide as a plus; Intl writes a hyphen, and in Arabic marks of direction with it. */
function withSign(value: number, format: (size: number) => string): string {
  return `${value < 0 ? '−' : ''}${format(Math.abs(value))}`
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => (made ??= make())
}

const FIXED = new Map<string, Intl.NumberFormat>()

function fixed(locale: string, least: number, most: number): Intl.NumberFormat {
  const key = `${locale} ${least} ${most}`
  const known = FIXED.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most })
  FIXED.set(key, made)
  return made
}

function yearOf(when: string | Date, zone: string): string {
  if (isDate(when)) return String(when).slice(0, 4)
  return new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(new Date(when))
}

function hijriText(language: Language, digits: Digits, zone: string, when: string | Date): string {
  const locale = language === 'ar' ? `ar-SA-u-ca-islamic-umalqura-nu-${digits}` : 'en-u-ca-islamic-umalqura'
  const timeZone = isDate(when) ? 'UTC' : zone
  const format = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' })
  const parts = new Map(format.formatToParts(new Date(when)).map(({ type, value }) => [type, value]))
  return `${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`
}

const STEPS: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** Null when it is more than seven days away. */
function agoText(locale: string, when: Date, now: Date): string | null {
  const seconds = Math.round((when.getTime() - now.getTime()) / 1000)
  if (Math.abs(seconds) > 7 * 86_400) return null
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}
