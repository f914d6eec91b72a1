// Why a sale earned nothing: the reason stored with the order, and its sentence in English and
// Arabic.
import { explainMiss } from './conditions/table.ts'
import { explainEarn } from './why/earn.ts'
import type { EarnWhy, NothingReason } from './why/types.ts'
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
  const text = NOTHING[reason][language]
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

const NOTHING: Record<NothingReason, { en: string; ar: string }> = {
  no_customer: { en: 'The order has no customer', ar: 'الطلب بدون عميل' },
  customer_phone_unusable: {
    en: "The customer's mobile number is not valid: correct it in the POS",
    ar: 'رقم جوال العميل غير صحيح: عدّله في نظام نقاط البيع',
  },
  not_paid_yet: { en: 'The order is not paid yet', ar: 'لم يُدفع الطلب بعد' },
  void: { en: 'The order was voided', ar: 'أُلغي الطلب' },
  joined: { en: 'The order was joined into another order', ar: 'دُمج الطلب في طلب آخر' },
  returned: { en: 'Everything in the order was returned', ar: 'أُرجع كل ما في الطلب' },
  customer_blacklisted: {
    en: 'The customer is excluded from the loyalty program',
    ar: 'العميل مستبعد من برنامج الولاء',
  },
  no_active_program: {
    en: 'No program was active when the order was paid',
    ar: 'لم يكن هناك برنامج مفعّل عند دفع الطلب',
  },
  rules_not_met: { en: 'No rule applied', ar: 'لم تنطبق أي قاعدة' },
  cap_reached: { en: 'The limit has been reached', ar: 'وصل العميل إلى الحد الأقصى' },
  amount_too_small: { en: 'The amount is too small to earn anything', ar: 'المبلغ أقل من الحد اللازم للكسب' },
  nothing_to_earn_on: {
    en: 'No part of the order was paid with money',
    ar: 'لا يوجد في الطلب مبلغ مدفوع يُحتسب عليه الكسب',
  },
}
