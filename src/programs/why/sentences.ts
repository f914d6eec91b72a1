// The sentence for each kind of movement, in English and Arabic.
import { explainEarn } from './earn.ts'
import type { ClaimStep, UndoneBy, Why } from './facts.ts'
import type { Sentence } from './words.ts'

export type WhyOf = { [T in Why['t']]: Extract<Why, { t: T }> }

const UNDONE: Record<UndoneBy, { en: string; ar: string }> = {
  void: { en: 'The order was voided', ar: 'أُلغي الطلب' },
  returned: { en: 'Everything in the order was returned', ar: 'أُرجع كل ما في الطلب' },
  not_paid_yet: { en: 'The order is no longer paid', ar: 'لم يعد الطلب مدفوعًا' },
  customer_changed: { en: 'The order no longer belongs to this customer', ar: 'لم يعد الطلب لهذا العميل' },
  customer_blacklisted: { en: 'The customer is excluded from loyalty', ar: 'العميل مستبعد من الولاء' },
}

/** Around the units and the name of what was claimed. */
const CLAIM: Record<ClaimStep, Record<'en' | 'ar', (units: string, name: string) => string>> = {
  held: {
    en: (units, name) => `${units} set aside for “${name}”`,
    ar: (units, name) => `حجز ${units} من أجل «${name}»`,
  },
  redeemed: {
    en: (units, name) => `${units} spent on “${name}”`,
    ar: (units, name) => `استخدام ${units} في «${name}»`,
  },
  rest: {
    en: (units, name) => `${units} not needed for “${name}” given back`,
    ar: (units, name) => `إعادة ${units} لم تلزم في «${name}»`,
  },
  expired: {
    en: (units, name) => `The code for “${name}” ran out: ${units} given back`,
    ar: (units, name) => `انتهت مدة رمز «${name}»: إعادة ${units}`,
  },
  cancelled: {
    en: (units, name) => `The code for “${name}” was cancelled: ${units} given back`,
    ar: (units, name) => `أُلغي رمز «${name}»: إعادة ${units}`,
  },
  void: {
    en: (units, name) => `The order was voided: ${units} spent on “${name}” given back`,
    ar: (units, name) => `أُلغي الطلب: إعادة ${units} استُخدمت في «${name}»`,
  },
  returned: {
    en: (units, name) => `What “${name}” was used on was returned: ${units} given back`,
    ar: (units, name) => `أُرجع ما استُخدمت فيه «${name}»: إعادة ${units}`,
  },
  code_gone: {
    en: (units, name) => `The order no longer has “${name}”: ${units} given back`,
    ar: (units, name) => `لم تعد «${name}» في الطلب: إعادة ${units}`,
  },
  again: {
    en: (units, name) => `The order stands again: ${units} spent on “${name}”`,
    ar: (units, name) => `عاد الطلب ساريًا: استخدام ${units} في «${name}»`,
  },
}

export const SENTENCES: { [T in Why['t']]: Sentence<WhyOf[T]> } = {
  earn: {
    en: (why, words) => explainEarn(why, 'en', words),
    ar: (why, words) => explainEarn(why, 'ar', words),
  },
  return: {
    en: ({ was, now }, words) =>
      `After the return, for what is kept: ${explainEarn(now, 'en', words)} instead of ${words.units(was)}`,
    ar: ({ was, now }, words) =>
      `بعد الإرجاع، عن المتبقي: ${explainEarn(now, 'ar', words)} بدلًا من ${words.units(was, 'genitive')}`,
  },
  change: {
    en: ({ was, now }, words) => `The order changed: ${explainEarn(now, 'en', words)} instead of ${words.units(was)}`,
    ar: ({ was, now }, words) => `تغيّر الطلب: ${explainEarn(now, 'ar', words)} بدلًا من ${words.units(was, 'genitive')}`,
  },
  undone: {
    en: ({ by, was }, words) => `${UNDONE[by].en}: ${words.units(was)} taken back`,
    ar: ({ by, was }, words) => `${UNDONE[by].ar}: استرجاع ${words.units(was, 'genitive')}`,
  },
  pending_release: {
    en: ({ u, d }, words) => `The waiting time ended on ${d}: ${words.units(u)} can be spent`,
    ar: ({ u, d }, words) => `انتهت مدة الانتظار في ${d}: يمكن استخدام ${words.units(u, 'genitive')}`,
  },
  expiry: {
    en: ({ u, d }, words) => `${words.units(u)} expired, good until ${d}`,
    ar: ({ u, d }, words) => `انتهاء صلاحية ${words.units(u, 'genitive')}، وكان آخر يوم ${d}`,
  },
  adjustment: {
    en: ({ u, note }, words) => `Changed by hand, ${words.units(Math.abs(u))} ${u < 0 ? 'taken' : 'given'}: ${note}`,
    ar: ({ u, note }, words) =>
      `تعديل يدوي، ${u < 0 ? 'خصم' : 'إضافة'} ${words.units(Math.abs(u), 'genitive')}: ${note}`,
  },
  write_off: {
    en: ({ u }, words) => `${words.units(u)} already spent could not be taken back and were written off`,
    ar: ({ u }, words) => `شطب ${words.units(u, 'genitive')} سبق استخدامها وتعذّر استرجاعها`,
  },
  card_filled: {
    en: ({ goal }, words) => `A card of ${words.units(goal)} is full and won its reward`,
    ar: ({ goal }, words) => `اكتملت بطاقة من ${words.units(goal, 'genitive')} واستحقت جائزتها`,
  },
  card_reopened: {
    en: ({ goal }, words) => `A card of ${words.units(goal)} is no longer full: its unused reward is withdrawn`,
    ar: ({ goal }, words) => `لم تعد بطاقة من ${words.units(goal, 'genitive')} مكتملة: سُحبت جائزتها غير المستخدمة`,
  },
  claim: {
    en: ({ s, u, en }, words) => CLAIM[s].en(words.units(u), en),
    ar: ({ s, u, ar }, words) => CLAIM[s].ar(words.units(u, 'genitive'), ar),
  },
  period: {
    en: ({ k, of, u, from, to }, words) => `Period ${k} of ${of}, from ${from} to ${to}: ${words.units(u)}`,
    ar: ({ k, of, u, from, to }, words) => `المدة ${k} من ${of}، من ${from} إلى ${to}: ${words.units(u)}`,
  },
}
