// How the refusals of a till's two calls are answered: one status each, and words that a cashier can read out.
import type { Text } from '../../../contract/errors.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { currencyDigits, formatMinor } from '../../kernel/money.ts'
import type { Connected } from '../../orders/receive.ts'
import type { PosProblem } from '../../pos/adapter.ts'
import type { CheckOutcome } from '../../till/check.ts'
import type { RedeemOutcome } from '../../till/redeem.ts'
import { Problem } from '../problem.ts'

export type TillRefusal = Exclude<CheckOutcome, { kind: 'valid' }> | Exclude<RedeemOutcome, { kind: 'redeemed' }>

export function tillProblem(refusal: TillRefusal, business: Connected, now: EpochMs): Problem {
  return new Problem(refusal.kind, {
    detail: wordsOf(refusal, business, now),
    language: business.language,
    ...(refusal.kind === 'too_many_attempts' && {
      headers: { 'retry-after': String(Math.max(1, Math.ceil((refusal.until - now) / 1000))) },
    }),
  })
}

function wordsOf(refusal: TillRefusal, { currency, timezone }: Connected, now: EpochMs): Text {
  const money = (amount: number) => `${formatMinor(amount, currencyDigits(currency))} ${currency}`
  switch (refusal.kind) {
    case 'too_many_attempts': {
      const minutes = Math.max(1, Math.ceil((refusal.until - now) / 60_000))
      return {
        en: `Too many wrong codes. Try again in ${minutes} min.`,
        ar: `رموز خاطئة كثيرة. حاول مرة أخرى بعد ${minutes} دقيقة.`,
      }
    }
    case 'too_soon': {
      const at = Temporal.Instant.fromEpochMilliseconds(refusal.from).toZonedDateTimeISO(timezone)
      const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
      return {
        en: `The next use of this plan is possible from ${time}.`,
        ar: `الاستخدام التالي لهذه الباقة متاح من الساعة ${time}.`,
      }
    }
    case 'use_limit_reached':
      return {
        en: `This plan allows ${refusal.perDay} a day, and that is used up. Come again tomorrow.`,
        ar: `تسمح هذه الباقة بعدد ${refusal.perDay} في اليوم وقد استُنفد. عد غدًا.`,
      }
    case 'discount_too_high':
      return {
        en: `The discount may be ${money(refusal.most)} at most. Correct it and try again.`,
        ar: `أقصى خصم هو ${money(refusal.most)}. صحّحه وحاول مرة أخرى.`,
      }
    case 'order_too_small':
      return {
        en: `The order must come to at least ${money(refusal.least)} for this reward.`,
        ar: `يجب ألا يقل الطلب عن ${money(refusal.least)} لهذه المكافأة.`,
      }
    default:
      return WORDS[refusal.kind]
  }
}

type Plain = Exclude<
  TillRefusal['kind'],
  'too_many_attempts' | 'too_soon' | 'use_limit_reached' | 'discount_too_high' | 'order_too_small'
>

const WORDS: Record<Plain, Text> = {
  reward_not_found: {
    en: 'This code is not valid for this customer. Check the code and the mobile number.',
    ar: 'هذا الرمز غير صالح لهذا العميل. تحقق من الرمز ورقم الجوال.',
  },
  reward_used: { en: 'This code was already used.', ar: 'سبق استخدام هذا الرمز.' },
  reward_expired: {
    en: 'This code has run out. Ask the customer for a new one; nothing is lost.',
    ar: 'انتهت صلاحية هذا الرمز. اطلب من العميل رمزًا جديدًا، فلم يُفقد شيء.',
  },
  reward_cancelled: {
    en: 'This code was cancelled. Ask the customer for a new one.',
    ar: 'أُلغي هذا الرمز. اطلب من العميل رمزًا جديدًا.',
  },
  reward_not_here: {
    en: 'This reward is not good at this branch.',
    ar: 'هذه المكافأة لا تسري في هذا الفرع.',
  },
  reward_not_now: {
    en: 'This reward is not good at this day or hour.',
    ar: 'هذه المكافأة لا تسري في هذا اليوم أو هذه الساعة.',
  },
  not_combinable: {
    en: 'Another reward was redeemed in this order, and the two do not go together.',
    ar: 'استُخدمت مكافأة أخرى في هذا الطلب ولا يمكن الجمع بينهما.',
  },
}

export function unknownBusiness(): Problem {
  return new Problem('business_unknown', {
    detail: {
      en: 'No business is connected under this business_reference; connect it in LoyaPro first.',
      ar: 'لا توجد منشأة مرتبطة بهذا المرجع business_reference؛ اربطها في لويا برو أولًا.',
    },
  })
}

export function unreadable(errors: readonly PosProblem[]): Problem {
  const [first] = errors
  return new Problem('invalid_request', {
    ...(first && {
      detail: { en: `${first.pointer || '/'}: ${first.message}`, ar: `${first.pointer || '/'}: ${first.message_ar}` },
    }),
    errors,
  })
}
