// Normalises phone numbers to one key per person: E.164, or null when the number cannot be a
// mobile.

import type { CountryCode } from 'libphonenumber-js/mobile'
import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/mobile'
import EXAMPLES from 'libphonenumber-js/mobile/examples'
import { latinDigits } from './text.ts'

/**
 * The E.164 form (`+966557937530`) of a national number and its country, or null when they are not
 * a usable phone.
 *
 * - `countryCode` may be 966, "966", "+966", "00966" or "SA". Absent (also 0), the number belongs
 *   to `home`, the country of the business (ISO 3166-1 alpha-2); where that is null, only a number
 *   that names its own country is usable.
 * - The number may have spaces, dashes, the national prefix (0; 8 in Kazakhstan), Arabic-Indic
 *   digits, or repeat the country's code.
 * - A number that begins with + or 00 names its own country, and then that one holds. So does one
 *   without + that is valid as an international number and not valid in the country beside it.
 * - A Saudi number must be a valid mobile; a number of another country must only be possible, as
 *   numbering plans change.
 */
export function normalisePhone(countryCode: unknown, national: unknown, home: string | null): string | null {
  const isAbsent = isNoCode(countryCode)
  if (isSaudi(countryCode, isAbsent ? home : null) && isPlainMobile(national)) return `+966${national.slice(-9)}`
  const digits = readDigits(national)
  if (digits === null) return null
  if (digits.startsWith('+')) return toE164(digits, {})
  const country = isAbsent ? readCountry(home, null) : readCountry(countryCode, home)
  if (country === null) return isAbsent ? validAbroad(digits) : null
  return (
    toE164(digits, country, 'valid') ?? palestinian(digits, country) ?? validAbroad(digits) ?? toE164(digits, country)
  )
}

/**
 * As normalisePhone, for one text that may contain its country code; without one, `home` is its
 * country.
 */
export function parseAnyPhone(text: string, home: string | null): string | null {
  return normalisePhone(null, text, home)
}

/**
 * Whether the text is the upper-case code of a country with known phone numbers: `SA`, not `sa` or
 * `UK`.
 */
export function isPhoneCountry(text: string): boolean {
  return isSupportedCountry(text)
}

/** Whether the value is a country code as normalisePhone accepts it. */
export function isCountryCode(value: unknown): boolean {
  return readCountry(value, null) !== null
}

/**
 * A valid mobile number that is nobody's in particular, for test orders: that of the country, else of
 * Saudi Arabia.
 */
export function examplePhone(country: string | null): string {
  const known = country !== null && isSupportedCountry(country) ? getExampleNumber(country, EXAMPLES) : undefined
  return known?.number ?? '+966500000000'
}

/** `+966500000001` → 966 and `500000001`, the form of points of sale; null when it is not E.164. */
export function splitPhone(phone: string): { callingCode: number; national: string } | null {
  const parsed = parsePhoneNumberFromString(phone, { extract: false })
  return parsed ? { callingCode: Number(parsed.countryCallingCode), national: parsed.nationalNumber } : null
}

/** PHP writes 0 for an absent value. */
function isNoCode(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === '0'
}

function isSaudi(countryCode: unknown, home: string | null): boolean {
  return countryCode === 966 || countryCode === '966' || home === 'SA'
}

/**
 * A fast path for most numbers of a Saudi POS: prefixes of which every number is valid (57 is
 * shared with other services). The library takes a fifteenth of the time in which an order is read.
 */
function isPlainMobile(national: unknown): national is string {
  return typeof national === 'string' && /^0?5(?:[013-689]\d|7[0-8])\d{6}$/.test(national)
}

type Country = { defaultCountry: CountryCode } | { defaultCallingCode: string }

const CALLING_CODES: ReadonlySet<string> = new Set(getCountries().map((country) => getCountryCallingCode(country)))

/** A longer text is not a phone number. */
const MAX_LENGTH = 40

/**
 * Latin digits, with a leading + if the text contains its country code (`00966…`, `+966…` →
 * `+966…`); null when it is not a number.
 */
function readDigits(value: unknown): string | null {
  const bare = readText(value).replace(/[\s\p{Cf}().\-\u2010-\u2015/]/gu, '')
  const match = /^(\+(?:00)?|00)?(\d{4,17})$/.exec(bare)
  if (!match) return null
  return match[1] === undefined ? bare : `+${match[2]}`
}

/** The text with Western digits; `''` for anything but a short text or a whole number. */
function readText(value: unknown): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : ''
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return ''
  return latinDigits(value).trim()
}

/**
 * Of a calling code that several countries share (+1, +7, +44), the business's country is
 * preferred.
 */
function readCountry(value: unknown, home: string | null): Country | null {
  const text = readText(value)
  if (/^[a-z]{2}$/i.test(text)) {
    const country = text.toUpperCase()
    return isSupportedCountry(country) ? { defaultCountry: country } : null
  }
  const code = /^(?:\+|00)?(\d{1,3})$/.exec(text)?.[1]
  if (code === undefined || !CALLING_CODES.has(code)) return null
  if (home !== null && isSupportedCountry(home) && getCountryCallingCode(home) === code) return { defaultCountry: home }
  return { defaultCallingCode: code }
}

/** A number with its country code but without +: long enough and valid. */
function validAbroad(digits: string): string | null {
  return /^[1-9]\d{9,}$/.test(digits) ? toE164(`+${digits}`, {}, 'valid') : null
}

/**
 * In Palestine, SIM cards of both countries are in use: a national number that is not Palestinian
 * may be Israeli.
 */
function palestinian(digits: string, country: Country): string | null {
  const isPalestinian =
    'defaultCountry' in country ? country.defaultCountry === 'PS' : country.defaultCallingCode === PALESTINE
  return isPalestinian ? toE164(digits, { defaultCountry: 'IL' }, 'valid') : null
}

const PALESTINE = '970'

/** Palestinian numbers are also dialled with +972: one phone has one key. */
const DIALLED_AS_ISRAELI = /^\+972(5[69]\d{7})$/

function toE164(digits: string, country: Country | Record<never, never>, least: 'possible' | 'valid' = 'possible') {
  const phone = parsePhoneNumberFromString(digits, { ...country, extract: false })
  if (!phone?.isPossible()) return null
  if ((least === 'valid' || phone.countryCallingCode === '966') && !phone.isValid()) return null
  const number = phone.number.replace(DIALLED_AS_ISRAELI, `+${PALESTINE}$1`)
  return /^\+[1-9][0-9]{5,14}$/.test(number) ? number : null
}
