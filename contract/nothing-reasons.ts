// Why a sale earned nothing: the codes of the API and what each says, for the API, its filters and the
// dashboard.
import type { Text } from './errors.ts'

export const NOTHING_REASONS = [
  'no_customer',
  'customer_phone_unusable',
  'not_paid_yet',
  'void',
  'joined',
  'returned',
  'customer_blacklisted',
  'no_active_program',
  'rules_not_met',
  'cap_reached',
  'amount_too_small',
  'nothing_to_earn_on',
] as const

export type NothingReason = (typeof NOTHING_REASONS)[number]

export const NOTHING_TEXTS: Readonly<Record<NothingReason, Text>> = {
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
