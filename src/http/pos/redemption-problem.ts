// The problem responses of the two calls of a till, with a message for the cashier's screen.
import type { Text } from '../../../contract/errors.ts'
import type { Connected } from '../../businesses/connection-cache.ts'
import type { PosProblem } from '../../integrations/integration.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Minor } from '../../kernel/money.ts'
import { rational } from '../../kernel/rational.ts'
import { type Language, moneyText } from '../../programs/why/words.ts'
import type { CheckOutcome } from '../../rewards/redeem/check-code.ts'
import type { ExcessDiscount } from '../../rewards/redeem/excess-discount.ts'
import type { RedeemOutcome } from '../../rewards/redeem/redeem.ts'
import { Problem } from '../problem.ts'

type TillRefusal = Exclude<CheckOutcome, { kind: 'valid' }> | Exclude<RedeemOutcome, { kind: 'redeemed' }>

export function redemptionProblem(refusal: TillRefusal, business: Connected, now: EpochMs): Problem {
  return new Problem(refusal.kind, {
    detail: detailOf(refusal, business, now),
    language: business.language,
    ...(refusal.kind === 'too_many_attempts' && {
      headers: { 'retry-after': String(Math.max(1, Math.ceil((refusal.until - now) / 1000))) },
    }),
  })
}

function detailOf(refusal: TillRefusal, { currency, timezone }: Connected, now: EpochMs): Text {
  const money = (language: Language, amount: Minor) => moneyText(language, currency, rational(amount))
  switch (refusal.kind) {
    case 'too_many_attempts': {
      const minutes = Math.max(1, Math.ceil((refusal.until - now) / 60_000))
      return {
        en: `Too many wrong codes. Minutes until you can try again: ${minutes}.`,
        ar: `أُدخلت رموز خاطئة كثيرة. الدقائق المتبقية قبل المحاولة مرة أخرى: ${minutes}.`,
      }
    }
    case 'too_soon': {
      const at = Temporal.Instant.fromEpochMilliseconds(refusal.from).toZonedDateTimeISO(timezone)
      const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
      return {
        en: `This plan can be used again from ${time}.`,
        ar: `يمكن استخدام هذه الباقة مرة أخرى من الساعة ${time}.`,
      }
    }
    case 'use_limit_reached':
      return {
        en: `The daily limit of this plan (${refusal.perDay}) has been reached. The customer can use it again tomorrow.`,
        ar: `وصل العميل إلى الحد اليومي لهذه الباقة (${refusal.perDay}). يمكنه استخدامها غدًا.`,
      }
    case 'discount_too_high':
      return excessDetail(refusal, money)
    case 'order_too_small':
      return {
        en: `The minimum order for this reward is ${money('en', refusal.minimum)}.`,
        ar: `الحد الأدنى للطلب لاستخدام هذه المكافأة ${money('ar', refusal.minimum)}.`,
      }
    default:
      return DETAILS[refusal.kind]
  }
}

function excessDetail(refusal: ExcessDiscount, money: (language: keyof Text, amount: number) => string): Text {
  switch (refusal.limit) {
    case 'products':
      return {
        en: `The reward does not include the product ${refusal.product}. Remove its discount and try again.`,
        ar: `المكافأة لا تشمل المنتج ${refusal.product}. أزل الخصم عنه وحاول مرة أخرى.`,
      }
    case 'quantity':
      return {
        en: `The maximum number of items for this reward is ${refusal.quantity}. Change the items and try again.`,
        ar: `الحد الأقصى لعدد القطع في هذه المكافأة ${refusal.quantity}. عدّل القطع وحاول مرة أخرى.`,
      }
    case 'amount':
      return {
        en: `The maximum discount is ${money('en', refusal.maximum)}. Change the discount and try again.`,
        ar: `الحد الأقصى للخصم ${money('ar', refusal.maximum)}. عدّل الخصم وحاول مرة أخرى.`,
      }
  }
}

type FixedText = Exclude<
  TillRefusal['kind'],
  'too_many_attempts' | 'too_soon' | 'use_limit_reached' | 'discount_too_high' | 'order_too_small'
>

const DETAILS: Record<FixedText, Text> = {
  reward_not_found: {
    en: 'This code is not valid for this customer. Check the code and the mobile number.',
    ar: 'هذا الرمز غير صالح لهذا العميل. تحقق من الرمز ورقم الجوال.',
  },
  reward_used: { en: 'This code has already been used.', ar: 'سبق استخدام هذا الرمز.' },
  reward_expired: {
    en: 'This code has expired. Ask the customer to get a new one; they have lost nothing.',
    ar: 'انتهت صلاحية هذا الرمز، ورصيد العميل محفوظ. اطلب من العميل رمزًا جديدًا.',
  },
  reward_cancelled: {
    en: 'This code was cancelled. Ask the customer for a new one.',
    ar: 'أُلغي هذا الرمز. اطلب من العميل رمزًا جديدًا.',
  },
  reward_not_here: {
    en: 'This reward is not valid at this branch.',
    ar: 'هذه المكافأة غير متاحة في هذا الفرع.',
  },
  reward_not_now: {
    en: 'This reward is not valid at this day or time.',
    ar: 'هذه المكافأة غير متاحة في هذا اليوم أو هذا الوقت.',
  },
  not_combinable: {
    en: 'Another reward was already used in this order. The two cannot be combined.',
    ar: 'استُخدمت مكافأة أخرى في هذا الطلب، ولا يمكن الجمع بين المكافأتين.',
  },
}

export function unknownBusiness(): Problem {
  return new Problem('business_unknown', {
    detail: {
      en: 'No business is connected to this business_reference. Connect it in LoyaPro first.',
      ar: 'لا توجد منشأة مرتبطة بالمرجع المرسل في business_reference. اربطها في لويا برو أولًا.',
    },
  })
}

export function invalidRequest(errors: readonly PosProblem[]): Problem {
  const [first] = errors
  return new Problem('invalid_request', {
    // The cashier reads the message; the pointer of the field is for the POS.
    ...(first && { detail: { en: first.message, ar: first.message_ar } }),
    errors,
  })
}
