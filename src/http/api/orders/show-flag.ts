// What does not fit between an order and the rewards redeemed for it, in words for whoever looks after it.
import type { Text } from '../../../../contract/errors.ts'
import type { OrderFlag } from '../../../rewards/reconcile.ts'

export function showFlag(code: string): { code: string } & Text {
  return { code, ...WORDS[code as OrderFlag] }
}

const WORDS: Record<OrderFlag, Text> = {
  code_unknown: {
    en: 'The order names a code that its customer does not have. Ask the till what was discounted.',
    ar: 'في الطلب رمز لا يملكه عميله. تحقق من الكاشير مما خُصم.',
  },
  code_of_other_order: {
    en: 'The order names a code that was redeemed for another order: the discount was given twice.',
    ar: 'في الطلب رمز استُخدم في طلب آخر: مُنح الخصم مرتين.',
  },
  code_not_in_force: {
    en: 'The order names a code that had run out or was cancelled when it was paid; nothing was taken for it.',
    ar: 'في الطلب رمز منتهٍ أو ملغى وقت الدفع، ولم يُخصم مقابله شيء.',
  },
  discount_differs: {
    en: 'The till redeemed another amount than the order shows.',
    ar: 'المبلغ المستبدل عند الكاشير غير المبلغ الظاهر في الطلب.',
  },
  discount_too_high: {
    en: 'More was taken off than the reward allows.',
    ar: 'الخصم أكبر مما تسمح به المكافأة.',
  },
  discount_not_in_order: {
    en: 'A reward was redeemed for this order, and the order shows no discount for it.',
    ar: 'استُخدمت مكافأة لهذا الطلب ولا يظهر فيه خصم مقابلها.',
  },
  order_too_small: {
    en: 'The order is smaller than the reward demands.',
    ar: 'الطلب أقل من الحد الأدنى للمكافأة.',
  },
  share_too_high: {
    en: 'Cashback paid a larger part of the order than the program allows.',
    ar: 'دفع الاسترداد النقدي من الطلب نسبة أكبر مما يسمح به البرنامج.',
  },
  not_combinable: {
    en: 'Rewards were redeemed together that do not go together.',
    ar: 'استُخدمت معًا مكافآت لا تجتمع.',
  },
  card_gone: {
    en: 'The stamp card was no longer full when the news of its use came; its reward was given all the same.',
    ar: 'لم تعد بطاقة الأختام مكتملة عند وصول خبر استخدامها، ومع ذلك مُنحت جائزتها.',
  },
}
