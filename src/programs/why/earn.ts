// Explains how the units of a sale were computed, as one sum of its rules.
import { compare, floor, parseRational, type Rational, ZERO } from '../../kernel/rational.ts'
import { earnOf, explainUse, type RuleUse } from '../rules/table.ts'
import { totalOf } from '../total.ts'
import type { CapScope, EarnWhy } from './types.ts'
import type { Language, Words } from './words.ts'

/** E.g. `24.00 SAR × 1 point per 1.00 SAR = 24 points`. */
export function explainEarn(why: EarnWhy, language: Language, words: Words): string {
  const joints = JOINTS[language]
  const { exact, whole, left } = totalOf(why)
  const gives = why.r.filter((use) => use.k !== 'multiplier')
  if (gives.length === 0) return `${words.units(why.u)} (${joints.noRule})`
  const factors = why.r.filter((use) => use.k === 'multiplier').map((use) => explainUse(use, language, words))
  return [
    [combined(why, gives, language, words, factors.length > 0), ...factors].join(' × '),
    why.b ? joints.taxOut : '',
    ` = ${words.fraction(exact)}`,
    why.ci === undefined
      ? rounded(exact, whole, joints, words)
      : joints.carried(words.fraction(parseRational(why.ci)), words.units(whole), words.fraction(left)),
    why.cap ? joints.trimmed(words.units(why.u), joints.caps[why.cap.by]) : '',
    why.cap?.w ? joints.waiting(words.units(why.cap.w)) : '',
  ].join('')
}

function combined(why: EarnWhy, gives: RuleUse[], language: Language, words: Words, isMultiplied: boolean): string {
  const said = gives.map((use) => ({ use, text: explainUse(use, language, words) }))
  if (why.c === 'best' && said.length > 1) {
    const values = said.map(({ use, text }) => `${text} = ${words.fraction(earnOf(use))}`)
    return JOINTS[language].best(values)
  }
  const sum = said.map(({ text }) => text).join(' + ')
  return isMultiplied ? `(${sum})` : sum
}

function rounded(exact: Rational, whole: bigint, joints: Joints, words: Words): string {
  const isWhole = compare(exact, ZERO) >= 0 && exact.den === 1n && floor(exact) === whole
  return isWhole ? '' : joints.rounded(words.units(whole))
}

interface Joints {
  noRule: string
  taxOut: string
  best(values: string[]): string
  rounded(units: string): string
  carried(before: string, units: string, after: string): string
  trimmed(units: string, cap: string): string
  waiting(units: string): string
  caps: Record<CapScope, string>
}

const JOINTS: Record<Language, Joints> = {
  en: {
    noRule: 'no rule applied',
    taxOut: ' (before tax)',
    best: (values) => `best of (${values.join('; ')})`,
    rounded: (units) => `, rounded down to ${units}`,
    carried: (before, units, after) =>
      `, plus ${before} carried over: ${units}; ${after} carried over to the next order`,
    trimmed: (units, cap) => `, limited to ${units} (${cap})`,
    waiting: (units) => `; pending staff approval: ${units}`,
    caps: {
      order: 'limit per order',
      day: 'daily limit',
      week: 'weekly limit',
      month: 'monthly limit',
      budget: 'budget of the program',
      period: 'limit for this period',
      limit: 'system maximum per order',
      ceiling: 'ceiling per order',
    },
  },
  ar: {
    noRule: 'لم تنطبق أي قاعدة',
    taxOut: ' (قبل الضريبة)',
    best: (values) => `الأعلى بين (${values.join('؛ ')})`,
    rounded: (units) => `، وبعد حذف الكسر: ${units}`,
    carried: (before, units, after) => `، مع رصيد مرحّل ${before}: ${units}، والمرحّل إلى الطلب التالي ${after}`,
    trimmed: (units, cap) => `، والمحتسب بعد الحد: ${units} (${cap})`,
    waiting: (units) => `، وبانتظار موافقة الموظف: ${units}`,
    caps: {
      order: 'الحد الأقصى للطلب الواحد',
      day: 'الحد اليومي',
      week: 'الحد الأسبوعي',
      month: 'الحد الشهري',
      budget: 'ميزانية البرنامج',
      period: 'حد هذه الفترة',
      limit: 'الحد الأقصى في النظام للطلب الواحد',
      ceiling: 'سقف الطلب الواحد',
    },
  },
}
