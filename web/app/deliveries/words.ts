// Words of the screens of webhook deliveries.
import { plural, type Text } from '../../words/text.ts'

export const WORDS = {
  deliveries: { en: 'Webhook deliveries', ar: 'الإشعارات الواردة' },
  delivery: { en: 'Webhook delivery', ar: 'إشعار وارد' },
  received: { en: 'Received', ar: 'وقت الاستلام' },
  result: { en: 'Result', ar: 'النتيجة' },
  event: { en: 'Event', ar: 'الحدث' },
  pos: { en: 'POS', ar: 'نظام نقاط البيع' },
  reason: { en: 'Why', ar: 'السبب' },
  order: { en: 'Order', ar: 'الطلب' },
  openOrder: { en: 'Open the order', ar: 'فتح الطلب' },
  results: {
    processed: { en: 'Processed', ar: 'مُعالج' },
    stale: { en: 'Out of date', ar: 'قديم' },
    parked: { en: 'Waits for its sale', ar: 'بانتظار الطلب الأصلي' },
    ignored: { en: 'Ignored', ar: 'متجاهَل' },
    failed: { en: 'Failed', ar: 'فاشل' },
  },
  meanings: {
    processed: { en: 'It took effect.', ar: 'طُبّق الإشعار.' },
    stale: { en: 'A newer state of the order was already known.', ar: 'كانت حالة أحدث للطلب معروفة.' },
    parked: {
      en: 'A return whose sale was not received yet. It is applied when the sale is received.',
      ar: 'مرتجع لم يصل طلب بيعه بعد، ويُطبَّق عند وصوله.',
    },
    ignored: { en: 'It says nothing about an order.', ar: 'لا يتعلق بطلب.' },
    failed: {
      en: 'It could not be applied. LoyaPro tries again by itself for a day; replay it after you fixed the cause.',
      ar: 'تعذّر تطبيقه. يعيد لويا برو المحاولة تلقائيًا لمدة يوم، ويمكنك إعادة تشغيله بعد إصلاح السبب.',
    },
  },
  replay: { en: 'Replay', ar: 'إعادة التشغيل' },
  replayed: { en: 'It was replayed.', ar: 'أُعيد تشغيله.' },
  replayedAt: { en: 'Last replayed', ar: 'آخر إعادة تشغيل' },
  body: { en: 'What was sent', ar: 'ما أُرسل' },
  showBody: { en: 'Show what was sent', ar: 'عرض ما أُرسل' },
  bodyText: {
    en: 'It contains personal data of the customer, as the POS sent it.',
    ar: 'يحتوي على بيانات شخصية للعميل كما أرسلها نظام نقاط البيع.',
  },
  noMatch: { en: 'No delivery matches', ar: 'لا يوجد إشعار مطابق' },
  noneTitle: { en: 'Nothing was sent yet', ar: 'لم يصل شيء بعد' },
  noneText: {
    en: 'Every message of your point of sale is listed here, with what came of it.',
    ar: 'تظهر هنا كل رسالة من نظام نقاط البيع ونتيجتها.',
  },
  connect: { en: 'Connect a point of sale', ar: 'ربط نظام نقاط البيع' },
  unmatched: { en: 'References that are not connected', ar: 'مراجع غير مرتبطة' },
  unmatchedText: {
    en: 'Nothing is lost: the orders wait here, and are applied when you connect the reference.',
    ar: 'لم يضع شيء: الطلبات تنتظر هنا وتُطبَّق عند ربط المرجع.',
  },
  connectReference: { en: 'Connect', ar: 'ربط' },
  connected: { en: 'The reference is connected.', ar: 'تم ربط المرجع.' },
  waiting: (count: number): Text =>
    plural(count, {
      en: { one: '1 order', other: '# orders' },
      ar: { zero: 'لا طلبات', one: 'طلب واحد', two: 'طلبان', few: '# طلبات', many: '# طلبًا', other: '# طلب' },
    }),
  until: (day: string): Text => ({ en: `kept until ${day}`, ar: `تُحفظ حتى ${day}` }),
}
