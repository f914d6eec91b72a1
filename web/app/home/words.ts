// Words of Home.
import { type PluralForms, plural, type Text } from '../../words/text.ts'

export const WORDS = {
  home: { en: 'Home', ar: 'الرئيسية' },
  welcome: (name: string) => ({ en: `Welcome, ${name}`, ar: `أهلًا ${name}` }),
  setupIntro: (business: Text) => ({
    en: `Four short steps, and ${business.en} rewards its customers automatically.`,
    ar: `أربع خطوات قصيرة، ثم يكافئ ${business.ar} عملاءه تلقائيًا.`,
  }),
  setup: { en: 'Set up', ar: 'الإعداد' },
  done: (count: number, all: number) => ({ en: `${count} of ${all} done`, ar: `اكتمل ${count} من ${all}` }),
  needsHand: { en: 'Needs a hand', ar: 'يحتاج إليك' },
  nothing: { en: 'Nothing needs you now', ar: 'لا شيء يحتاج إليك الآن' },
  nothingText: {
    en: 'Failed or flagged orders, and units that expire soon, appear here.',
    ar: 'تظهر هنا الطلبات المتعثرة أو المعلّمة، والأرصدة التي تنتهي قريبًا.',
  },
  ordersLive: { en: 'Orders, live', ar: 'الطلبات الآن' },
  allOrders: { en: 'All orders', ar: 'كل الطلبات' },
  noCustomer: { en: 'No customer', ar: 'بلا عميل' },
  returned: { en: 'return', ar: 'إرجاع' },
  voided: { en: 'voided', ar: 'ملغى' },
  noOrders: { en: 'No orders yet', ar: 'لا توجد طلبات بعد' },
  connectPos: { en: 'Connect the point of sale', ar: 'اربط نظام نقاط البيع' },
  connectPosText: { en: 'Your orders come automatically after that.', ar: 'تصل طلباتك تلقائيًا بعد ذلك.' },
  startProgram: { en: 'Start a program', ar: 'ابدأ برنامجًا' },
  startProgramText: {
    en: 'Say in one sentence what a visit earns. You see at once what an order would bring.',
    ar: 'قل في جملة واحدة ما تكسبه الزيارة، وترى فورًا ما يجلبه الطلب.',
  },
  addReward: { en: 'Add a reward', ar: 'أضف مكافأة' },
  addRewardText: { en: 'What customers can get for it.', ar: 'ما يمكن للعملاء الحصول عليه.' },
  firstOrder: { en: 'See the first order come in', ar: 'شاهد أول طلب يصل' },
  firstOrderText: { en: 'We watch for it here, live.', ar: 'نترقبه هنا مباشرة.' },
  open: { en: 'Open', ar: 'فتح' },
  sendTest: { en: 'Send a test order', ar: 'أرسل طلبًا تجريبيًا' },
  testSent: (order: string) => ({
    en: `The test order ${order} was processed like a real one. It gave:`,
    ar: `عولج الطلب التجريبي ${order} كأي طلب حقيقي، ومنح:`,
  }),
  testNothing: {
    en: 'It earned nothing: no active program gives anything for this order.',
    ar: 'لم يكسب شيئًا: لا يوجد برنامج نشط يمنح شيئًا لهذا الطلب.',
  },
  takeBack: { en: 'Take it back', ar: 'تراجع عنه' },
  takenBack: {
    en: 'The test order was voided, and everything was taken back.',
    ar: 'أُلغي الطلب التجريبي واستُرد كل ما منحه.',
  },
  willSee: { en: 'What a customer will see', ar: 'ما سيراه العميل' },
  sampleStamps: { en: 'Six hot drinks, the next one is on us', ar: 'ستة مشروبات ساخنة، والتالي علينا' },
} as const

/** The title of an item of the work list. */
export const TITLES: Record<
  'failed_deliveries' | 'refused_deliveries' | 'parked_returns' | 'flagged_orders',
  PluralForms
> = {
  failed_deliveries: {
    en: { one: '# order could not be applied', other: '# orders could not be applied' },
    ar: {
      zero: 'لا طلبات متعثرة',
      one: 'تعذّر تطبيق طلب واحد',
      two: 'تعذّر تطبيق طلبين',
      few: 'تعذّر تطبيق # طلبات',
      many: 'تعذّر تطبيق # طلبًا',
      other: 'تعذّر تطبيق # طلب',
    },
  },
  refused_deliveries: {
    en: { one: '# request of the POS was refused', other: '# requests of the POS were refused' },
    ar: {
      zero: 'لا إرسالات مرفوضة',
      one: 'رُفض إرسال واحد من نظام نقاط البيع',
      two: 'رُفض إرسالان من نظام نقاط البيع',
      few: 'رُفضت # إرسالات من نظام نقاط البيع',
      many: 'رُفض # إرسالًا من نظام نقاط البيع',
      other: 'رُفض # إرسال من نظام نقاط البيع',
    },
  },
  parked_returns: {
    en: { one: '# return waits for its sale', other: '# returns wait for their sales' },
    ar: {
      zero: 'لا مرتجعات بانتظار بيعها',
      one: 'مرتجع واحد ينتظر طلب البيع',
      two: 'مرتجعان ينتظران طلب البيع',
      few: '# مرتجعات تنتظر طلب البيع',
      many: '# مرتجعًا ينتظر طلب البيع',
      other: '# مرتجع ينتظر طلب البيع',
    },
  },
  flagged_orders: {
    en: { one: '# order to review', other: '# orders to review' },
    ar: {
      zero: 'لا طلبات للمراجعة',
      one: 'طلب واحد للمراجعة',
      two: 'طلبان للمراجعة',
      few: '# طلبات للمراجعة',
      many: '# طلبًا للمراجعة',
      other: '# طلب للمراجعة',
    },
  },
}

/** `day`: when the first units expire, for the reader. */
export function expiringTitle(count: number, day: string): Text {
  return plural(count, {
    en: { one: `# customer loses units from ${day}`, other: `# customers lose units from ${day}` },
    ar: {
      zero: 'لا أرصدة تنتهي قريبًا',
      one: `عميل واحد ينتهي رصيده بدءًا من ${day}`,
      two: `عميلان ينتهي رصيدهما بدءًا من ${day}`,
      few: `# عملاء تنتهي أرصدتهم بدءًا من ${day}`,
      many: `# عميلًا تنتهي أرصدتهم بدءًا من ${day}`,
      other: `# عميل تنتهي أرصدتهم بدءًا من ${day}`,
    },
  })
}

/** What it means, in one line. */
export const MEANINGS = {
  failed_deliveries: {
    en: 'Stored and retried automatically; replay after fixing the cause',
    ar: 'محفوظة ويُعاد تطبيقها تلقائيًا؛ أعد تشغيلها بعد إصلاح السبب',
  },
  refused_deliveries: { en: 'The point of sale was told why', ar: 'أُبلغ نظام نقاط البيع بالسبب' },
  parked_returns: { en: 'Applied when the sale is received', ar: 'تُطبَّق عند وصول طلب البيع' },
  flagged_orders: {
    en: 'The discount or the clock differs from what was redeemed',
    ar: 'الخصم أو الوقت يختلف عما استُخدم',
  },
} as const

export const ACTS = {
  failed_deliveries: { en: 'Check', ar: 'فحص' },
  refused_deliveries: { en: 'Fix', ar: 'إصلاح' },
  parked_returns: { en: 'Check', ar: 'فحص' },
  flagged_orders: { en: 'Review', ar: 'مراجعة' },
  expiring_units: { en: 'See', ar: 'عرض' },
} as const
