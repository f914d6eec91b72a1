// Words of the figures of Home.
import type { Text } from '../../words/text.ts'

export const WORDS = {
  customerVisits: { en: 'Visits by customers', ar: 'زيارات العملاء' },
  newCustomers: { en: 'New customers', ar: 'عملاء جدد' },
  basket: { en: 'Basket of a customer', ar: 'متوسط سلة العميل' },
  others: { en: 'others', ar: 'غيرهم' },
  given: { en: 'Given today', ar: 'الممنوح اليوم' },
  used: { en: 'used', ar: 'المستخدم' },
  more: (change: number, size: string): Text =>
    change === 0
      ? { en: 'As many as', ar: 'مثل' }
      : change > 0
        ? { en: `${size} more than`, ar: `أكثر بـ ${size} من` }
        : { en: `${size} fewer than`, ar: `أقل بـ ${size} من` },
  lastByNow: (weekday: string): Text => ({
    en: `last ${weekday} by this time`,
    ar: `${weekday} الماضي حتى هذا الوقت`,
  }),
  lastWhole: (weekday: string, count: string): Text => ({
    en: `Last ${weekday}, whole day: ${count}`,
    ar: `${weekday} الماضي، اليوم كله: ${count}`,
  }),
  visitsADay: { en: 'Visits a day', ar: 'الزيارات في اليوم' },
  customers: { en: 'Customers', ar: 'العملاء' },
  otherVisits: { en: 'Other visits', ar: 'زيارات أخرى' },
  today: { en: 'Today', ar: 'اليوم' },
  noVisits: { en: 'No visits in the last two weeks.', ar: 'لا زيارات في آخر أسبوعين.' },
  share: { en: 'Customers made', ar: 'للعملاء' },
  ofHundred: (count: string): Text => ({ en: `${count} of every 100 visits`, ar: `${count} من كل 100 زيارة` }),
  change: (change: number, size: string): Text =>
    change === 0
      ? { en: ', as in the two weeks before.', ar: '، كما في الأسبوعين السابقين.' }
      : change > 0
        ? { en: `, ${size} more than the two weeks before.`, ar: `، أكثر بـ ${size} من الأسبوعين السابقين.` }
        : { en: `, ${size} fewer than the two weeks before.`, ar: `، أقل بـ ${size} من الأسبوعين السابقين.` },
  day: { en: 'Day', ar: 'اليوم' },
  sales: { en: 'Sales', ar: 'المبيعات' },
  owed: { en: 'What you owe customers', ar: 'ما تدين به للعملاء' },
  customersNow: (total: string, active: string, atRisk: string): Text => ({
    en: `Customers: ${total}. Here in the last 30 days: ${active}. At risk: ${atRisk}.`,
    ar: `العملاء: ${total}. زاروك في آخر 30 يومًا: ${active}. على وشك الانقطاع: ${atRisk}.`,
  }),
  todayEarned: { en: 'Today earned', ar: 'كُسب اليوم' },
  todayRedeemed: { en: 'redeemed', ar: 'استُبدل' },
  todayExpired: { en: 'expired', ar: 'انتهى' },
} as const
