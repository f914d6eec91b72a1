// The problem response to a claim that cannot be made.
import type { ErrorCode, Text } from '../../../../contract/errors.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { Minor } from '../../../kernel/money.ts'
import { rational } from '../../../kernel/rational.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { type Language, moneyText } from '../../../programs/why/words.ts'
import type { MakeClaimOutcome } from '../../../rewards/claims/make-claim.ts'
import { invalid, Problem } from '../../problem.ts'
import { notFound } from '../format.ts'

type Refusal = Exclude<MakeClaimOutcome, { kind: 'claimed' }>

export function claimProblem(refusal: Refusal, { business: { currency } }: BusinessPrograms): Problem {
  const money = (language: Language, amount: Minor) => moneyText(language, currency, rational(amount))
  switch (refusal.kind) {
    case 'reward_not_found':
      return notFound('reward')
    case 'program_not_found':
      return notFound('program')
    case 'needs_reward':
      return invalid(
        '/program_id',
        'is a points program; send the reward_id of one of its rewards',
        'برنامج نقاط: أرسل reward_id لإحدى مكافآته',
      )
    case 'amount_missing':
      return invalid('/amount', 'is required for a cashback program', 'مطلوب مع برنامج الكاش باك')
    case 'amount_not_asked':
      return invalid('/amount', 'is only for cashback programs; remove it', 'لبرامج الكاش باك فقط؛ احذفه')
    case 'reward_archived':
    case 'reward_over':
    case 'not_in_force':
    case 'no_discount':
    case 'no_products':
      return refused('reward_unavailable', UNAVAILABLE[refusal.kind])
    case 'no_card':
      return refused('no_card', {
        en: 'The customer has no completed card with a valid reward and without an open code.',
        ar: 'ليس لدى العميل بطاقة أختام مكتملة مكافأتها صالحة ولا يوجد لها رمز قائم.',
      })
    case 'limit_reached':
      return new Problem('limit_reached', {
        detail:
          refusal.scope === 'per_customer'
            ? { en: `The limit per customer is ${refusal.limit}.`, ar: `الحد الأقصى لكل عميل: ${refusal.limit}.` }
            : { en: `The total limit is ${refusal.limit}.`, ar: `الحد الأقصى لجميع العملاء: ${refusal.limit}.` },
        extra: { scope: refusal.scope, limit: refusal.limit },
      })
    case 'below_minimum':
      return new Problem('below_minimum', {
        detail: {
          en: `The minimum is ${money('en', refusal.minimum)}; the customer has ${money('en', refusal.available)}.`,
          ar: `الحد الأدنى للاستخدام ${money('ar', refusal.minimum)}، ورصيد العميل ${money('ar', refusal.available)}.`,
        },
        extra: { minimum: refusal.minimum, available: refusal.available },
      })
    case 'insufficient':
      return new Problem('insufficient_units', {
        detail: {
          en: `The reward costs ${refusal.units}; the customer has ${refusal.available}.`,
          ar: `المطلوب ${refusal.units}، والمتاح في رصيد العميل ${refusal.available}.`,
        },
        extra: { available: refusal.available },
      })
    case 'too_many_codes':
      return refused('conflict', {
        en: `The customer has ${refusal.limit} open codes, which is the maximum. Cancel one, or wait until they expire.`,
        ar: `لدى العميل ${refusal.limit} رمز قائم، وهو الحد الأقصى. ألغِ أحدها أو انتظر انتهاء صلاحيتها.`,
      })
    case 'too_many_lots':
      return new Problem('conflict', {
        detail: {
          en: `The balance consists of too many separate credits: one claim can use at most ${refusal.limit}. Claim at most ${refusal.most} at a time, or deduct a part with an adjustment and add it again as one credit.`,
          ar: `يتكون الرصيد من إضافات منفصلة كثيرة: يمكن لكل عملية حجز استخدام ${refusal.limit} إضافة كحد أقصى. احجز ${refusal.most} كحد أقصى في المرة الواحدة، أو اخصم جزءًا من الرصيد بتعديل يدوي ثم أضفه مرة واحدة.`,
        },
        extra: { most: refusal.most },
      })
    default:
      return unreachable(refusal)
  }
}

function refused(code: ErrorCode, detail: Text): Problem {
  return new Problem(code, { detail })
}

const UNAVAILABLE: Record<'reward_archived' | 'reward_over' | 'not_in_force' | 'no_discount' | 'no_products', Text> = {
  reward_archived: { en: 'The reward is archived. Activate it first.', ar: 'المكافأة مؤرشفة. فعّلها أولًا.' },
  no_products: {
    en: 'None of the products of the reward exists in the catalogue of the POS. Change its products or categories in a new version.',
    ar: 'لا يوجد أي من منتجات المكافأة في قائمة منتجات نظام نقاط البيع. غيّر المنتجات أو التصنيفات في إصدار جديد.',
  },
  reward_over: { en: 'The reward has ended.', ar: 'انتهت فترة المكافأة.' },
  not_in_force: { en: 'The program has not been active yet.', ar: 'لم يُفعَّل البرنامج بعد.' },
  no_discount: {
    en: 'The stamp program has no discount for its reward. Add reward.discount in a new version; cards started after that can be claimed.',
    ar: 'لا يوجد خصم محدد لمكافأة برنامج الأختام. أضف reward.discount في إصدار جديد، وبعدها يمكن حجز مكافأة البطاقات الجديدة.',
  },
}
