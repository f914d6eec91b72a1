// Phone numbers as one key per person: whatever a cashier or a POS writes becomes E.164, or null when it cannot be a mobile.
import type { CountryCode } from 'libphonenumber-js/mobile'
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/mobile'
import { latinDigits } from './text.ts'

/**
 * The E.164 form (`+966557937530`) of a national number and its country, or null when they are not a usable phone.
 * The country may be 966, "966", "+966", "00966" or "SA"; the number may have spaces, dashes, a leading 0, Arabic-Indic
 * digits, or repeat the country's code. A number that begins with + or 00 names its own country, and then that one holds.
 * A Saudi number must be a valid mobile; a number of another country must only be possible, as numbering plans change.
 */
export function normalisePhone(countryCode: unknown, national: unknown): string | null {
  if (isPlainSaudiMobile(countryCode, national)) return `+966${national}`
  const digits = readDigits(national)
  if (digits === null) return null
  if (digits.startsWith('+')) return toE164(digits, {})
  const country = readCountry(countryCode)
  return country === null ? null : toE164(digits, country)
}

/** As normalisePhone, for a search box: one text, with or without its country; without, the default country is meant first. */
export function parseAnyPhone(text: string, defaultCountry: CountryCode = 'SA'): string | null {
  const digits = readDigits(text)
  if (digits === null) return null
  const found = toE164(digits, { defaultCountry })
  return found ?? (digits.startsWith('+') ? null : toE164(`+${digits}`, {}))
}

/** `+966500000001` → 966 and `500000001`, as points of sale keep them; null when it is not E.164. */
export function splitPhone(phone: string): { callingCode: number; national: string } | null {
  const parsed = parsePhoneNumberFromString(phone, { extract: false })
  return parsed ? { callingCode: Number(parsed.countryCallingCode), national: parsed.nationalNumber } : null
}

/**
 * Most of what a Saudi POS sends, and nothing but that: a number that is sure to be valid as it is (57 is shared with services, so not all of
 * it is). To ask the library takes a fifteenth of the time in which an order is read.
 */
function isPlainSaudiMobile(countryCode: unknown, national: unknown): national is string {
  const isSaudi = countryCode === 966 || countryCode === '966'
  return isSaudi && typeof national === 'string' && /^5(?:[013-689]\d|7[0-8])\d{6}$/.test(national)
}

type Country = { defaultCountry: CountryCode } | { defaultCallingCode: string }

const CALLING_CODES: ReadonlySet<string> = new Set(getCountries().map((country) => getCountryCallingCode(country)))

/** A written phone is short; a longer text is something else. */
const MAX_LENGTH = 40

/** Latin digits, after a + when the text names its country (`00966…` and `+966…` → `+966…`); null when it is no number. */
function readDigits(value: unknown): string | null {
  const bare = readText(value).replace(/[\s\p{Cf}().\-\u2010-\u2015/]/gu, '')
  const match = /^(\+(?:00)?|00)?(\d{4,17})$/.exec(bare)
  if (!match) return null
  return match[1] === undefined ? bare : `+${match[2]}`
}

/** The text with Arabic-Indic and Persian digits as Latin ones; `''` for what is neither a short text nor a whole number. */
function readText(value: unknown): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : ''
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return ''
  return latinDigits(value).trim()
}

function readCountry(value: unknown): Country | null {
  const text = readText(value)
  if (/^[a-z]{2}$/i.test(text)) {
    const country = text.toUpperCase()
    return isSupportedCountry(country) ? { defaultCountry: country } : null
  }
  const code = /^(?:\+|00)?(\d{1,3})$/.exec(text)?.[1]
  return code !== undefined && CALLING_CODES.has(code) ? { defaultCallingCode: code } : null
}

function toE164(digits: string, country: Country | Record<never, never>): string | null {
  const phone = parsePhoneNumberFromString(digits, { ...country, extract: false })
  if (!phone?.isPossible()) return null
  if (phone.countryCallingCode === '966' && !phone.isValid()) return null
  return /^\+[1-9][0-9]{5,14}$/.test(phone.number) ? phone.number : null
}
