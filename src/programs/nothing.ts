// Why a sale earned nothing: the reason stored with the order, and its sentence in English and
// Arabic.
import { NOTHING_TEXTS, type NothingReason } from '../../contract/nothing-reasons.ts'
import { explainMiss } from './conditions/table.ts'
import { explainEarn } from './why/earn.ts'
import type { EarnWhy } from './why/types.ts'
import { type Language, type Setting, wordsOf } from './why/words.ts'

/** The reason given by the rules; null when something was earned. */
export function nothingReason({ u, cap, x, missed = [] }: EarnWhy): NothingReason | null {
  if (u > 0) return null
  if (cap) return 'cap_reached'
  if (x !== '0') return 'amount_too_small'
  return missed.length > 0 ? 'rules_not_met' : 'nothing_to_earn_on'
}

/**
 * `assessed` adds the details: which condition of each rule did not hold, which amount was too
 * small, which cap was reached.
 */
export function explainNothing(
  reason: NothingReason,
  language: Language,
  assessed?: { why: EarnWhy; setting: Setting; rules?: RuleNames },
): string {
  const text = NOTHING_TEXTS[reason][language]
  const details = assessed ? detailsOf(reason, assessed.why, language, assessed) : ''
  return details === '' ? text : `${text}: ${details}`
}

/** Names of the rules, by id; a rule without a name is shown by its id. */
export type RuleNames = ReadonlyMap<string, { en: string; ar: string }>

function detailsOf(
  reason: NothingReason,
  why: EarnWhy,
  language: Language,
  { setting, rules }: { setting: Setting; rules?: RuleNames },
): string {
  const words = wordsOf(language, setting)
  switch (reason) {
    case 'rules_not_met':
      return (why.missed ?? [])
        .map((miss) => {
          const name = rules?.get(miss.i)?.[language] ?? miss.i
          const text = explainMiss(miss, language, words)
          return language === 'ar' ? `${text} (القاعدة «${name}»)` : `${text} (rule “${name}”)`
        })
        .join(language === 'ar' ? '؛ ' : '; ')
    case 'amount_too_small':
    case 'cap_reached':
      return explainEarn(why, language, words)
    default:
      return ''
  }
}
