// The sentence for each kind of movement, in English and Arabic.
import { explainEarn } from './earn.ts'
import type { ClaimStep, UndoneBy, Why } from './types.ts'
import type { Sentence } from './words.ts'

export type WhyOf = { [T in Why['t']]: Extract<Why, { t: T }> }

const UNDONE: Record<UndoneBy, { en: string; ar: string }> = {
  void: { en: 'The order was voided', ar: 'أُلغي الطلب' },
  joined: { en: 'The order was joined into another order', ar: 'دُمج الطلب في طلب آخر' },
  returned: { en: 'Everything in the order was returned', ar: 'أُرجع كل ما في الطلب' },
  not_paid_yet: { en: 'The order is no longer paid', ar: 'لم يعد الطلب مدفوعًا' },
  customer_changed: { en: 'The order no longer belongs to this customer', ar: 'لم يعد الطلب مسجّلًا باسم هذا العميل' },
  date_changed: { en: 'The date of the order changed', ar: 'تغيّر تاريخ الطلب' },
  customer_blacklisted: {
    en: 'The customer is excluded from the loyalty program',
    ar: 'العميل مستبعد من برنامج الولاء',
  },
  period_moved: { en: 'The period begins later', ar: 'تأجّلت بداية الفترة' },
}

/** Sentences with the units and the name of what was claimed. */
const CLAIM: Record<ClaimStep, Record<'en' | 'ar', (units: string, name: string) => string>> = {
  held: {
    en: (units, name) => `${units} held for “${name}”`,
    ar: (units, name) => `حجز ${units} مقابل «${name}»`,
  },
  redeemed: {
    en: (units, name) => `${units} redeemed for “${name}”`,
    ar: (units, name) => `استبدال ${units} مقابل «${name}»`,
  },
  rest: {
    en: (units, name) => `${units} left over from “${name}” restored`,
    ar: (units, name) => `إعادة ${units} إلى الرصيد (المتبقي من حجز «${name}»)`,
  },
  expired: {
    en: (units, name) => `The code for “${name}” expired: ${units} restored`,
    ar: (units, name) => `انتهت صلاحية رمز «${name}»: إعادة ${units} إلى الرصيد`,
  },
  cancelled: {
    en: (units, name) => `The code for “${name}” was cancelled: ${units} restored`,
    ar: (units, name) => `أُلغي رمز «${name}»: إعادة ${units} إلى الرصيد`,
  },
  void: {
    en: (units, name) => `The order was voided: ${units} redeemed for “${name}” restored`,
    ar: (units, name) => `أُلغي الطلب: إعادة ${units} إلى الرصيد («${name}»)`,
  },
  returned: {
    en: (units, name) => `The items discounted by “${name}” were returned: ${units} restored`,
    ar: (units, name) => `أُرجعت المنتجات المخصومة بـ «${name}»: إعادة ${units} إلى الرصيد`,
  },
  code_gone: {
    en: (units, name) => `“${name}” was removed from the order: ${units} restored`,
    ar: (units, name) => `أُزيل رمز «${name}» من الطلب: إعادة ${units} إلى الرصيد`,
  },
  joined: {
    en: (units, name) => `The order was joined into another order: ${units} redeemed for “${name}”`,
    ar: (units, name) => `دُمج الطلب في طلب آخر: استبدال ${units} مقابل «${name}»`,
  },
  join_missing: {
    en: (units, name) =>
      `The order that this order was joined into was not received: ${units} redeemed for “${name}” restored`,
    ar: (units, name) => `لم يصل الطلب الذي دُمج فيه هذا الطلب: إعادة ${units} إلى الرصيد («${name}»)`,
  },
  again: {
    en: (units, name) => `The order was reopened: ${units} redeemed for “${name}”`,
    ar: (units, name) => `أُعيد تفعيل الطلب: استبدال ${units} مقابل «${name}»`,
  },
  by_hand: {
    en: (units, name) => `Returned by staff: ${units} redeemed for “${name}” restored`,
    ar: (units, name) => `إرجاع يدوي: إعادة ${units} إلى الرصيد («${name}»)`,
  },
  after_all: {
    en: (units, name) => `The order shows the discount after all: ${units} redeemed for “${name}”`,
    ar: (units, name) => `ظهر الخصم في الطلب: استبدال ${units} مقابل «${name}»`,
  },
}

export const SENTENCES: { [T in Why['t']]: Sentence<WhyOf[T]> } = {
  earn: {
    en: (why, words) => explainEarn(why, 'en', words),
    ar: (why, words) => explainEarn(why, 'ar', words),
  },
  return: {
    en: ({ was, now }, words) => `After the return: ${explainEarn(now, 'en', words)} instead of ${words.units(was)}`,
    ar: ({ was, now }, words) =>
      `بعد الإرجاع: ${explainEarn(now, 'ar', words)} بدلًا من ${words.units(was, 'genitive')}`,
  },
  change: {
    en: ({ was, now }, words) => `The order changed: ${explainEarn(now, 'en', words)} instead of ${words.units(was)}`,
    ar: ({ was, now }, words) => `تغيّر الطلب: ${explainEarn(now, 'ar', words)} بدلًا من ${words.units(was, 'genitive')}`,
  },
  undone: {
    en: ({ by, was }, words) => `${UNDONE[by].en}: ${words.units(was)} deducted`,
    ar: ({ by, was }, words) => `${UNDONE[by].ar}: خصم ${words.units(was, 'genitive')} من الرصيد`,
  },
  pending_release: {
    en: ({ u, d }, words) => `Pending balance became available on ${words.date(d)}: ${words.units(u)}`,
    ar: ({ u, d }, words) => `أصبح الرصيد المعلّق متاحًا في ${words.date(d)}: ${words.units(u)}`,
  },
  expiry: {
    en: ({ u, d }, words) => `${words.units(u)} expired at the end of ${words.date(d)}`,
    ar: ({ u, d }, words) => `انتهت صلاحية ${words.units(u, 'genitive')} بنهاية يوم ${words.date(d)}`,
  },
  extended: {
    en: ({ u, d }, words) => `An order extended the expiry to the end of ${words.date(d)}: ${words.units(u)} restored`,
    ar: ({ u, d }, words) =>
      `مدّد طلبٌ الصلاحية إلى نهاية يوم ${words.date(d)}: إعادة ${words.units(u, 'genitive')} إلى الرصيد`,
  },
  adjustment: {
    en: ({ u, note }, words) =>
      withNote(`Manual adjustment, ${words.units(Math.abs(u))} ${u < 0 ? 'deducted' : 'added'}`, note),
    ar: ({ u, note }, words) =>
      withNote(`تعديل يدوي، ${u < 0 ? 'خصم' : 'إضافة'} ${words.units(Math.abs(u), 'genitive')}`, note),
  },
  erased: {
    en: ({ u }, words) =>
      u < 0
        ? `The customer was erased: a negative balance of ${words.units(-u)} was written off`
        : `The customer was erased: ${words.units(u)} ended`,
    ar: ({ u }, words) =>
      u < 0
        ? `حُذفت بيانات العميل: شطب رصيد سالب قدره ${words.units(-u)}`
        : `حُذفت بيانات العميل: إنهاء ${words.units(u, 'genitive')}`,
  },
  write_off: {
    en: ({ u }, words) => `${words.units(u)} written off: the balance was too low to deduct the full amount`,
    ar: ({ u }, words) => `شطب ${words.units(u, 'genitive')} لعدم كفاية الرصيد`,
  },
  card_filled: {
    en: ({ goal, n = 1, rest = 0 }, words) => {
      const filled =
        n === 1
          ? `Stamp card completed (${words.units(goal)}): reward earned`
          : `${n} stamp cards completed (${words.units(goal)} each): ${n} rewards earned`
      return rest === 0
        ? filled
        : `${filled}. ${words.units(rest)} kept for later cards: the customer has the maximum of unused rewards`
    },
    ar: ({ goal, n = 1, rest = 0 }, words) => {
      const filled =
        n === 1
          ? `اكتملت بطاقة الأختام (${words.units(goal)}) وحصل العميل على المكافأة`
          : `عدد بطاقات الأختام المكتملة: ${n} (${words.units(goal)} لكل بطاقة)، وحصل العميل على مكافأة عن كل بطاقة`
      return rest === 0
        ? filled
        : `${filled}. المتبقي للبطاقات التالية: ${words.units(rest)}، لأن العميل بلغ الحد الأقصى من المكافآت غير المستخدمة`
    },
  },
  card_reopened: {
    en: ({ goal, n = 1 }, words) =>
      n === 1
        ? `Stamp card no longer complete (${words.units(goal)}): its unused reward was withdrawn`
        : `${n} stamp cards no longer complete (${words.units(goal)} each): their unused rewards were withdrawn`,
    ar: ({ goal, n = 1 }, words) =>
      n === 1
        ? `لم تعد بطاقة الأختام مكتملة (${words.units(goal)})، فسُحبت مكافأتها غير المستخدمة`
        : `عدد بطاقات الأختام التي لم تعد مكتملة: ${n} (${words.units(goal)} لكل بطاقة)، فسُحبت مكافآتها غير المستخدمة`,
  },
  merge: {
    en: ({ u, from, into, note }, words) =>
      withNote(
        `${from ? `Customer ${from} was merged into this one` : `Merged into customer ${into}`}, ${words.units(Math.abs(u))} ${u < 0 ? 'deducted' : 'added'}`,
        note,
      ),
    ar: ({ u, from, into, note }, words) =>
      withNote(
        `${from ? `دُمج العميل ${from} في هذا العميل` : `دُمج هذا العميل في العميل ${into}`}، ${u < 0 ? 'خصم' : 'إضافة'} ${words.units(Math.abs(u), 'genitive')}`,
        note,
      ),
  },
  card_in_time: {
    en: ({ u }, words) => `Not expired yet when the stamp card was completed: ${words.units(u)} restored`,
    ar: ({ u }, words) =>
      `لم تكن الصلاحية قد انتهت عند اكتمال بطاقة الأختام: إعادة ${words.units(u, 'genitive')} إلى الرصيد`,
  },
  claim: {
    en: ({ s, u, en, note }, words) => withNote(CLAIM[s].en(words.units(u), en), note),
    ar: ({ s, u, ar, note }, words) => withNote(CLAIM[s].ar(words.units(u, 'genitive'), ar), note),
  },
  period: {
    en: ({ k, of, u, from, to, x }, words) =>
      `Period ${k} of ${of}, from ${words.date(from)} to ${words.date(to)}${x ? ', after the previous plan' : ''}: ${words.units(u)}`,
    ar: ({ k, of, u, from, to, x }, words) =>
      `الفترة ${k} من ${of} (من ${words.date(from)} إلى ${words.date(to)})${x ? '، بعد انتهاء الاشتراك السابق' : ''}: ${words.units(u)}`,
  },
}

function withNote(sentence: string, note: string | undefined): string {
  return note === undefined ? sentence : `${sentence}: ${note}`
}
