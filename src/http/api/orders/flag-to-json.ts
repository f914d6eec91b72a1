// The flags of an order, in words for the staff who check it.
import type { Text } from '../../../../contract/errors.ts'
import type { OrderFlag } from '../../../../contract/order-flags.ts'

export function flagToJson(code: string): { code: string } & Text {
  return { code, ...WORDS[code as OrderFlag] }
}

const WORDS: Record<OrderFlag, Text> = {
  void_before_sale: {
    en: 'A void or refund of the order has an earlier time than the sale, so it has no effect. If the order was voided, apply the void.',
    ar: 'وصل إلغاء أو استرداد للطلب بوقت أسبق من وقت البيع، فلم يُطبَّق. إذا كان الطلب ملغى فطبّق الإلغاء.',
  },
  clock_ahead: {
    en: 'The time of the order was later than the time at which it was received. Check the clock of the POS.',
    ar: 'وقت الطلب متأخر عن وقت استلامه. تحقق من ساعة نظام نقاط البيع.',
  },
  above_ceiling: {
    en: 'The order earns more than one order gives at once. Units above the ceiling are pending: release or reject them.',
    ar: 'يكسب العميل في هذا الطلب أكثر من سقف الطلب الواحد. ما زاد على السقف معلّق: اقبله أو ارفضه.',
  },
  joined_order_missing: {
    en: 'The order was joined into another order that was not received within 24 hours. What was redeemed on it was restored.',
    ar: 'دُمج الطلب في طلب آخر لم يصل خلال 24 ساعة، فأُعيد إلى الرصيد ما استُبدل فيه.',
  },
  code_unknown: {
    en: 'The order contains a code that its customer does not have. Ask the cashier what was discounted.',
    ar: 'يحتوي الطلب على رمز لا يخص عميل الطلب. اسأل الكاشير عن الخصم.',
  },
  code_of_other_order: {
    en: 'The order contains a code that was already redeemed for another order. The discount was given twice.',
    ar: 'يحتوي الطلب على رمز سبق استخدامه في طلب آخر، فمُنح الخصم مرتين.',
  },
  code_not_in_force: {
    en: 'The order contains a code that was expired or cancelled at payment time. Nothing was deducted from the customer.',
    ar: 'يحتوي الطلب على رمز منتهي الصلاحية أو ملغى وقت الدفع، ولم يُخصم مقابله شيء من رصيد العميل.',
  },
  discount_differs: {
    en: 'The amount redeemed at the POS differs from the discount in the order.',
    ar: 'المبلغ المستخدم عند الكاشير يختلف عن الخصم المسجّل في الطلب.',
  },
  discount_too_high: {
    en: 'The discount is higher than the reward allows.',
    ar: 'الخصم أعلى من الحد المسموح في المكافأة.',
  },
  discount_not_in_order: {
    en: 'A reward was redeemed for this order, but the order has no discount for it.',
    ar: 'استُخدمت مكافأة في هذا الطلب، ولا يوجد فيه خصم مقابلها.',
  },
  order_too_small: {
    en: 'The order is below the minimum for the reward.',
    ar: 'قيمة الطلب أقل من الحد الأدنى للمكافأة.',
  },
  share_too_high: {
    en: 'Cashback paid a larger share of the order than the program allows.',
    ar: 'النسبة المدفوعة بالكاش باك من الطلب أعلى من الحد المسموح في البرنامج.',
  },
  not_combinable: {
    en: 'Rewards that cannot be combined were redeemed together.',
    ar: 'استُخدمت معًا مكافآت لا يمكن الجمع بينها.',
  },
  card_gone: {
    en: 'The stamp card was no longer complete when its redemption was received. The reward had already been given.',
    ar: 'لم تعد بطاقة الأختام مكتملة عند تسجيل استخدامها، وقد مُنحت مكافأتها بالفعل.',
  },
  outside_terms: {
    en: 'A reward was used outside its terms: at another branch, at another time, or more often than allowed.',
    ar: 'استُخدمت مكافأة خارج شروطها: في فرع آخر أو وقت آخر أو بعدد مرات أكثر من المسموح.',
  },
  codes_ignored: {
    en: 'The order has more than 5 codes, or was sent after too many wrong codes. Its codes were not used.',
    ar: 'يحتوي الطلب على أكثر من 5 رموز، أو وصل بعد رموز خاطئة كثيرة، فلم تُستخدم رموزه.',
  },
  redeemed_for_other: {
    en: "The reward belongs to a customer other than the order's customer.",
    ar: 'المكافأة المستخدمة تخص عميلًا آخر غير عميل الطلب.',
  },
}
