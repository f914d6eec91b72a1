// Units of programs as text with their noun: `48 points`, «نقطتان», `12.50 SAR`.
import { counted, grouped, NOUNS } from '../../contract/nouns.ts'
import type { ProgramType } from '../../contract/program.ts'
import { minorPlaces } from './format.ts'
import type { Text } from './text.ts'

/** `currency` is used for cashback, whose units are minor units of it. */
export function unitsText(type: ProgramType, units: number, currency: string): Text {
  if (type === 'cashback') return moneyText(units, currency)
  const sign = units < 0 ? '−' : ''
  const of = (language: 'en' | 'ar') => sign + counted(BigInt(Math.abs(units)), NOUNS[language][type], 'nominative')
  return { en: of('en'), ar: of('ar') }
}

/** Money in a sentence, where the riyal sign cannot be drawn: `12.50 SAR`, «12.50 ريال». */
export function moneyText(minor: number, currency: string): Text {
  const places = minorPlaces(currency)
  const [whole = '', rest] = (Math.abs(minor) / 10 ** places).toFixed(places).split('.')
  const amount = `${minor < 0 ? '−' : ''}${grouped(whole)}${rest === undefined ? '' : `.${rest}`}`
  return { en: `${amount} ${currency}`, ar: `${amount} ${CURRENCIES[currency] ?? currency}` }
}

const CURRENCIES: Record<string, string> = {
  SAR: 'ريال',
  AED: 'درهم',
  KWD: 'دينار',
  BHD: 'دينار',
  QAR: 'ريال',
  OMR: 'ريال',
  JOD: 'دينار',
  EGP: 'جنيه',
}
