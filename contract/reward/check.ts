// Checks of a reward that a schema cannot express: fields that do not fit its kind or contradict
// each other, with the fix.

import { type FieldError, fieldError } from '../field-error.ts'
import { checkDates, checkHours } from '../program/calendar.ts'
import type { Discount, RewardTermsInput } from '../reward.ts'
import { isOfProducts, isPercent } from './kind.ts'

/** The terms have the right shape; `at` is their pointer. No errors mean that they can be used. */
export function checkTerms(terms: RewardTermsInput, at = ''): FieldError[] {
  return [
    ...checkDiscount(terms, at),
    ...(terms.dates ? checkDates(terms.dates, `${at}/dates`) : []),
    ...checkHours(terms.hours, `${at}/hours`),
    ...checkLimits(terms.limits, `${at}/limits`),
  ]
}

/** The same for the discount of a catalogue reward or of a stamp card. */
export function checkDiscount(discount: Discount, at: string): FieldError[] {
  return [
    ...(isPercent(discount) ? checkPercent(discount, at) : checkAmount(discount, at)),
    ...(isOfProducts(discount) ? checkProducts(discount, at) : checkOrder(discount, at)),
  ]
}

/** Images are loaded by the customer's browser from a page that was loaded over https. */
export function checkImageUrl(url: string, at: string): FieldError[] {
  const { protocol, username, password } = URL.parse(url) ?? {}
  if (protocol === 'https:' && !username && !password && /^[\x21-\x7e]+$/.test(url)) return []
  return [
    fieldError(
      at,
      'The image must be a full URL that starts with https:// and contains no user name or password',
      'يجب أن تكون الصورة رابطًا كاملًا يبدأ بـ https:// وبدون اسم مستخدم أو كلمة مرور',
    ),
  ]
}

function checkAmount({ discount_amount, percent, max_discount_amount }: Discount, at: string): FieldError[] {
  return [
    ...(discount_amount === undefined
      ? [
          fieldError(
            `${at}/discount_amount`,
            'Set the discount: give discount_amount in minor units of the currency',
            'حدد مبلغ الخصم: أدخل discount_amount بأصغر وحدة للعملة (الهللة للريال)',
          ),
        ]
      : []),
    ...(percent === undefined
      ? []
      : [
          fieldError(
            `${at}/percent`,
            'This type takes off a fixed amount: remove percent, or choose percent_order or percent_products',
            'هذا النوع يخصم مبلغًا: احذف percent أو اختر percent_order أو percent_products',
          ),
        ]),
    ...(max_discount_amount === undefined
      ? []
      : [
          fieldError(
            `${at}/max_discount_amount`,
            'A fixed amount needs no maximum: remove max_discount_amount',
            'لا يحتاج المبلغ الثابت إلى حد أقصى: احذف max_discount_amount',
          ),
        ]),
  ]
}

function checkPercent({ discount_amount, percent }: Discount, at: string): FieldError[] {
  return [
    ...(percent === undefined
      ? [
          fieldError(
            `${at}/percent`,
            'Set the discount: give percent, from 1 to 100',
            'حدد نسبة الخصم: أدخل percent من 1 إلى 100',
          ),
        ]
      : []),
    ...(discount_amount === undefined
      ? []
      : [
          fieldError(
            `${at}/discount_amount`,
            'This type takes off a percentage: remove discount_amount. To limit the discount, use max_discount_amount',
            'هذا النوع يخصم نسبة: احذف discount_amount؛ ولتحديد أقصى خصم استخدم max_discount_amount',
          ),
        ]),
  ]
}

function checkProducts({ products, categories }: Discount, at: string): FieldError[] {
  if (products !== undefined || categories !== undefined) return []
  return [
    fieldError(
      `${at}/products`,
      'Set what the reward applies to: give products or categories',
      'حدد ما تشمله المكافأة: أدخل المنتجات أو التصنيفات',
    ),
  ]
}

const OF_PRODUCTS = ['products', 'categories', 'quantity', 'includes_modifiers'] as const

function checkOrder(discount: Discount, at: string): FieldError[] {
  return OF_PRODUCTS.filter((field) => discount[field] !== undefined).map((field) =>
    fieldError(
      `${at}/${field}`,
      `This type applies to the whole order: remove ${field}, or choose fixed_products or percent_products`,
      `هذا النوع يشمل الطلب كله: احذف ${field} أو اختر fixed_products أو percent_products`,
    ),
  )
}

function checkLimits(limits: RewardTermsInput['limits'], at: string): FieldError[] {
  const { per_customer, in_all } = limits ?? {}
  if (per_customer === undefined || in_all === undefined || per_customer <= in_all) return []
  return [
    fieldError(
      `${at}/per_customer`,
      `The limit per customer is higher than the total limit: choose ${in_all} or fewer`,
      `حد العميل الواحد أكبر من الحد الإجمالي: اختر ${in_all} أو أقل`,
    ),
  ]
}
