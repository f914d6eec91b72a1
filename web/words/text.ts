// Texts in both languages, and texts with a number: every Arabic plural form must be there, or the
// code does not compile.
import type { Text } from '../../contract/errors.ts'

export type { Text } from '../../contract/errors.ts'
export type Language = keyof Text

/**
 * The forms of a text with a number; `#` becomes the number. Arabic uses `one` and `two` without a
 * numeral («ختم واحد», «ختمان»), `few` for 3-10, `many` for 11-99, `other` for hundreds and
 * fractions.
 */
export interface PluralForms {
  en: { zero?: string; one: string; other: string }
  ar: { zero: string; one: string; two: string; few: string; many: string; other: string }
}

/** `plural(3, …)`: the text in both languages, with the number grouped: `1,240 نقطة`. */
export function plural(count: number, forms: PluralForms): Text {
  return { en: pick('en', count, forms.en), ar: pick('ar', count, forms.ar) }
}

const RULES = { en: new Intl.PluralRules('en'), ar: new Intl.PluralRules('ar') }
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 3 })

function pick(language: Language, count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>>): string {
  const size = Math.abs(count)
  const form = size === 0 && forms.zero !== undefined ? forms.zero : forms[RULES[language].select(size)]
  return (form ?? forms.other ?? '').replaceAll('#', `${count < 0 ? '−' : ''}${NUMBER.format(size)}`)
}
