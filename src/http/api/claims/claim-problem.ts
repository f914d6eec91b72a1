// How a claim that cannot be made is refused.
import type { ErrorCode, Text } from '../../../../contract/errors.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { currencyDigits, formatMinor } from '../../../kernel/money.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import type { MakeClaimOutcome } from '../../../rewards/make-claim.ts'
import { invalid, Problem } from '../../problem.ts'
import { notFound } from '../show.ts'

type Refusal = Exclude<MakeClaimOutcome, { kind: 'claimed' }>

export function claimProblem(refusal: Refusal, { business: { currency } }: BusinessPrograms): Problem {
  const money = (amount: number) => `${formatMinor(amount, currencyDigits(currency))} ${currency}`
  switch (refusal.kind) {
    case 'reward_not_found':
      return notFound('reward')
    case 'program_not_found':
      return notFound('program')
    case 'needs_reward':
      return invalid(
        '/program_id',
        'is a points program: send the reward_id of one of its rewards',
        'برنامج نقاط: أرسل reward_id لإحدى مكافآته',
      )
    case 'amount_missing':
      return invalid('/amount', 'is needed with a cashback program', 'مطلوب مع برنامج الاسترداد النقدي')
    case 'amount_not_asked':
      return invalid('/amount', 'is for cashback programs: leave it out', 'لبرامج الاسترداد النقدي فقط: احذفه')
    case 'reward_archived':
    case 'reward_over':
    case 'not_in_force':
    case 'no_discount':
      return refused('reward_unavailable', UNAVAILABLE[refusal.kind])
    case 'no_card':
      return refused('no_card', {
        en: 'The customer has no full card whose reward is good and for which no code is out.',
        ar: 'ليس لدى العميل بطاقة مكتملة صالحة لم يصدر لها رمز.',
      })
    case 'limit_reached':
      return new Problem('limit_reached', {
        detail:
          refusal.scope === 'per_customer'
            ? { en: `A customer may have it ${refusal.limit} times.`, ar: `الحد لكل عميل ${refusal.limit}.` }
            : { en: `It may be had ${refusal.limit} times in all.`, ar: `الحد لجميع العملاء ${refusal.limit}.` },
        extra: { scope: refusal.scope, limit: refusal.limit },
      })
    case 'below_minimum':
      return new Problem('below_minimum', {
        detail: {
          en: `Cashback can be spent from ${money(refusal.minimum)} on; the customer has ${money(refusal.available)}.`,
          ar: `يمكن استخدام الرصيد ابتداءً من ${money(refusal.minimum)}؛ رصيد العميل ${money(refusal.available)}.`,
        },
        extra: { minimum: refusal.minimum, available: refusal.available },
      })
    case 'insufficient':
      return new Problem('insufficient_units', {
        detail: {
          en: `It takes ${refusal.units}, and the customer has ${refusal.available} available.`,
          ar: `المطلوب ${refusal.units} والمتاح للعميل ${refusal.available}.`,
        },
        extra: { available: refusal.available },
      })
    default:
      return unreachable(refusal)
  }
}

function refused(code: ErrorCode, detail: Text): Problem {
  return new Problem(code, { detail })
}

const UNAVAILABLE: Record<'reward_archived' | 'reward_over' | 'not_in_force' | 'no_discount', Text> = {
  reward_archived: { en: 'The reward is archived. Activate it first.', ar: 'المكافأة مؤرشفة. فعّلها أولًا.' },
  reward_over: { en: 'The last day of the reward is over.', ar: 'انتهى آخر يوم للمكافأة.' },
  not_in_force: { en: 'The program has not been in force yet.', ar: 'لم يبدأ سريان البرنامج بعد.' },
  no_discount: {
    en: 'The stamp program does not say what its reward takes off: add reward.discount in a new version; cards begun after that can be claimed.',
    ar: 'لا يحدد برنامج الأختام خصم جائزته: أضف reward.discount في إصدار جديد، وتُحجز البطاقات التي تبدأ بعده.',
  },
}
