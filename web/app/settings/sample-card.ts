// The card of a customer who does not exist, in both languages: what the preview of the brand shows.
import type { CardView } from '../../card/view.ts'

type Sample = Omit<CardView, 'shop' | 'language'>

export const SAMPLE_CARD: Record<'ar' | 'en', Sample> = {
  en: {
    greeting: 'Hello, Sample Guest',
    otherLanguage: 'العربية',
    stamps: {
      program: 'Coffee stamps',
      count: '4 of 6',
      sentence: 'Two more for a free coffee',
      latest: 'Latest: 2 stamps today at Olaya, for 2 hot drinks',
      given: 4,
      goal: 6,
    },
    balances: [
      { type: 'points', name: 'Points', note: '120 expire on 31 Dec', value: '1,240' },
      { type: 'cashback', name: 'Cashback', note: 'Usable from the next visit', value: '12.50', isMoney: true },
      { type: 'subscription', name: 'Cup a day', note: 'One is yours today', value: '18 of 30' },
    ],
    rewards: {
      title: 'Ready for you',
      count: '2 rewards',
      act: 'Use',
      list: [
        { name: 'Any coffee', price: '60 points', isWithinReach: true },
        { name: '10% off', price: '200 points', isWithinReach: false },
      ],
    },
    show: 'Show my card',
    history: 'History',
  },
  ar: {
    greeting: 'أهلًا، ضيف تجريبي',
    otherLanguage: 'English',
    stamps: {
      program: 'أختام القهوة',
      count: '4 من 6',
      sentence: 'بقي ختمان لقهوة مجانية',
      latest: 'آخرها: ختمان اليوم في العليا، عن مشروبين ساخنين',
      given: 4,
      goal: 6,
    },
    balances: [
      { type: 'points', name: 'النقاط', note: '120 تنتهي في 31 ديسمبر', value: '1,240' },
      { type: 'cashback', name: 'الكاش باك', note: 'يمكن استخدامه من الزيارة القادمة', value: '12.50', isMoney: true },
      { type: 'subscription', name: 'كوب كل يوم', note: 'لك كوب اليوم', value: '18 من 30' },
    ],
    rewards: {
      title: 'جاهز لك',
      count: 'مكافأتان',
      act: 'استخدم',
      list: [
        { name: 'أي قهوة', price: '60 نقطة', isWithinReach: true },
        { name: 'خصم 10%', price: '200 نقطة', isWithinReach: false },
      ],
    },
    show: 'أظهر بطاقتي',
    history: 'السجل',
  },
}
