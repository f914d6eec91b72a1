// Describes a value that cannot be used: what is wrong and what to send instead, in English and
// Arabic.
import type { PosProblem } from '../integration.ts'

/** What the value must be: one of the kinds below, or a remedy of the integration's own. */
export type Expected = keyof typeof REMEDIES | Remedy

/** What to send instead, in English and Arabic. */
export type Remedy = readonly [en: string, ar: string]

/** A value that is absent, null or empty is missing; any other value is not valid. */
export function describeProblem(pointer: string, value: unknown, expected: Expected): PosProblem {
  const missing = isAbsent(value)
  const [remedy, remedyAr]: Remedy = typeof expected === 'string' ? REMEDIES[expected] : expected
  return {
    pointer,
    message: `${missing ? 'This field is required.' : 'This value is not valid.'} ${remedy}`,
    message_ar: `${missing ? 'هذا الحقل مطلوب.' : 'هذه القيمة غير صحيحة.'} ${remedyAr}`,
  }
}

export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

const REMEDIES = {
  body: [
    'Send a JSON object with business, timestamp, event and order.',
    'أرسل كائن JSON فيه business وtimestamp وevent وorder.',
  ],
  object: ['Send an object.', 'أرسل كائنًا (object).'],
  list: ['Send a list.', 'أرسل قائمة (array).'],
  fewer: ['Send at most 1,000 entries in one order.', 'أرسل 1,000 عنصر كحد أقصى في الطلب الواحد.'],
  reference: [
    'Send the reference of the business as text of at most 64 characters or as a whole number.',
    'أرسل مرجع المنشأة نصًا لا يزيد على 64 حرفًا أو عددًا صحيحًا.',
  ],
  event: ['Send the name of the event as text, e.g. order.updated.', 'أرسل اسم الحدث نصًا، مثل order.updated.'],
  timestamp: [
    'Send the time of the event in seconds since 1970 (UTC), e.g. 1672585625.',
    'أرسل وقت الحدث بالثواني منذ 1970 (UTC)، مثل 1672585625.',
  ],
  id: [
    'Send text of 1 to 128 characters without control characters, or a whole number.',
    'أرسل نصًا من 1 إلى 128 حرفًا بلا محارف تحكم، أو عددًا صحيحًا.',
  ],
  instant: [
    'Send a valid date and time, e.g. 2023-01-01 15:06:16.',
    'أرسل تاريخًا ووقتًا صحيحين، مثل 2023-01-01 15:06:16.',
  ],
  date: ['Send a valid date, e.g. 2023-01-01.', 'أرسل تاريخًا صحيحًا، مثل 2023-01-01.'],
  amount: [
    'Send a number from 0 to 10,000,000,000 in the currency, e.g. 24.50.',
    'أرسل مبلغًا من 0 إلى 10,000,000,000 بالعملة الأساسية (ريال، لا هللة)، مثل 24.50.',
  ],
  signedAmount: [
    'Send a number in the currency, e.g. 24.50 or -24.50, of at most 10,000,000,000.',
    'أرسل مبلغًا بالعملة الأساسية (ريال، لا هللة)، مثل 24.50 أو -24.50، لا يتجاوز 10,000,000,000.',
  ],
  quantity: ['Send a number from 0 to 1,000,000, e.g. 2 or 1.25.', 'أرسل عددًا من 0 إلى 1,000,000، مثل 2 أو 1.25.'],
  pieces: [
    'Send a number from 0.001 to 1,000,000, e.g. 2 or 1.25.',
    'أرسل عددًا من 0.001 إلى 1,000,000، مثل 2 أو 1.25.',
  ],
  sameRefund: [
    'The list has this refund ID with a different value. Send each refund once.',
    'معرّف الاسترداد هذا مكرر في القائمة بقيمة مختلفة. أرسل كل عملية استرداد مرة واحدة.',
  ],
  count: [
    'Send a whole number from 0, e.g. 3, or omit the field.',
    'أرسل عددًا صحيحًا من 0 فأكثر، مثل 3، أو احذف الحقل.',
  ],
  codeRequest: [
    'Send a JSON object with business_reference, reward_code and customer_mobile_number.',
    'أرسل كائن JSON فيه business_reference وreward_code وcustomer_mobile_number.',
  ],
  rewardCode: ['Send the code that the customer shows, e.g. 24564955.', 'أرسل الرمز الذي يعرضه العميل، مثل 24564955.'],
  mobileNumber: [
    "Send the customer's mobile number, e.g. 500000001 with mobile_country_code 966.",
    'أرسل رقم جوال العميل، مثل 500000001 مع mobile_country_code بقيمة 966.',
  ],
  countryCode: ['Send the country code, e.g. 966, "+966" or "SA".', 'أرسل رمز الدولة، مثل 966 أو "+966" أو "SA".'],
  currency: ['Send the three-letter currency code, e.g. SAR.', 'أرسل رمز العملة من ثلاثة أحرف، مثل SAR.'],
} as const
