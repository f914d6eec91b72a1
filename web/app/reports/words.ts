// Words of the reports.
import type { Text } from '../../words/text.ts'

export const WORDS = {
  reports: { en: 'Reports', ar: 'التقارير' },
  report: { en: 'Report', ar: 'التقرير' },
  print: { en: 'Print', ar: 'طباعة' },
  period: (from: string, to: string): Text => ({ en: `${from} to ${to}`, ar: `من ${from} إلى ${to}` }),
  upTo: (moment: string): Text => ({ en: `counted up to ${moment}`, ar: `محتسب حتى ${moment}` }),
  nothing: { en: 'Nothing happened in this period', ar: 'لا شيء في هذه الفترة' },
  nothingText: {
    en: 'Choose another period at the top, or wait for the first orders.',
    ar: 'اختر فترة أخرى من الأعلى، أو انتظر الطلبات الأولى.',
  },

  visits: { en: 'Visits', ar: 'الزيارات' },
  liability: { en: 'Liability', ar: 'الالتزامات' },
  redemption: { en: 'Redemption', ar: 'الاستبدال' },
  rewards: { en: 'Rewards', ar: 'المكافآت' },
  branches: { en: 'Branches', ar: 'الفروع' },
  cohorts: { en: 'Cohorts', ar: 'العودة حسب شهر الانضمام' },

  day: { en: 'Day', ar: 'اليوم' },
  month: { en: 'Month', ar: 'الشهر' },
  customers: { en: 'Customers', ar: 'العملاء' },
  others: { en: 'Others', ar: 'غيرهم' },
  sales: { en: 'Sales', ar: 'المبيعات' },
  customerSales: { en: 'Sales to customers', ar: 'مبيعات العملاء' },
  otherSales: { en: 'Other sales', ar: 'مبيعات أخرى' },
  customerBasket: { en: 'Basket of customers', ar: 'متوسط سلة العملاء' },
  otherBasket: { en: 'Basket of others', ar: 'متوسط سلة غيرهم' },
  returns: { en: 'Returns', ar: 'المرتجعات' },
  returned: { en: 'Returned', ar: 'قيمة المرتجعات' },
  newCustomers: { en: 'New customers', ar: 'عملاء جدد' },
  activeCustomers: { en: 'Active customers', ar: 'عملاء نشطون' },
  visitsSentence: (share: string): Text => ({
    en: `Customers made ${share} of the visits.`,
    ar: `نسبة زيارات العملاء من كل الزيارات: ${share}.`,
  }),

  program: { en: 'Program', ar: 'البرنامج' },
  opening: { en: 'Opening', ar: 'رصيد البداية' },
  issued: { en: 'Issued', ar: 'الممنوح' },
  redeemed: { en: 'Redeemed', ar: 'المستبدل' },
  expired: { en: 'Expired', ar: 'المنتهي' },
  adjusted: { en: 'Adjusted', ar: 'التعديلات' },
  writtenOff: { en: 'Written off', ar: 'المشطوب' },
  closing: { en: 'Closing', ar: 'رصيد النهاية' },
  worth: { en: 'Worth', ar: 'القيمة' },
  inMoney: { en: 'In money', ar: 'بالمال' },
  inUnits: { en: 'In units', ar: 'بالوحدات' },
  liabilityTitle: { en: 'What customers hold, in money', ar: 'ما لدى العملاء، بالمال' },
  liabilitySentence: {
    en: 'Opening + issued − redeemed − expired + adjusted + written off = closing, in every month.',
    ar: 'رصيد البداية + الممنوح − المستبدل − المنتهي + التعديلات + المشطوب = رصيد النهاية، في كل شهر.',
  },
  valueNote: {
    en: 'A unit is worth what customers got for it in the last twelve months. Programs in which nothing was redeemed have no value yet.',
    ar: 'قيمة الوحدة هي ما حصل عليه العملاء مقابلها في آخر اثني عشر شهرًا. البرامج التي لم يُستبدل فيها شيء ليس لها قيمة بعد.',
  },

  redemptionRate: { en: 'Redemption rate', ar: 'نسبة الاستبدال' },
  breakageRate: { en: 'Breakage rate', ar: 'نسبة الانتهاء' },
  outstanding: { en: 'Outstanding', ar: 'القائم' },
  redemptionSentence: {
    en: 'Shares of what was issued in the period. What is redeemed now may have been issued earlier.',
    ar: 'نسب مما مُنح في الفترة. قد يكون المستبدل الآن مُنح قبلها.',
  },

  reward: { en: 'Reward', ar: 'المكافأة' },
  kind: { en: 'Kind', ar: 'النوع' },
  claimed: { en: 'Claimed', ar: 'محجوزة' },
  used: { en: 'Redeemed', ar: 'مستبدلة' },
  restored: { en: 'Restored', ar: 'معادة' },
  unused: { en: 'Unused', ar: 'غير مستخدمة' },
  discount: { en: 'Discounts', ar: 'الخصومات' },
  kinds: {
    reward: { en: 'Reward', ar: 'مكافأة' },
    cashback: { en: 'Cashback', ar: 'كاش باك' },
    card: { en: 'Stamp card', ar: 'بطاقة أختام' },
    use: { en: 'Use of a plan', ar: 'استخدام من باقة' },
  },
  topRewards: { en: 'Redemptions by reward', ar: 'مرات الاستبدال لكل مكافأة' },

  branch: { en: 'Branch', ar: 'الفرع' },
  noBranch: { en: 'Without a branch', ar: 'بلا فرع' },
  redemptions: { en: 'Rewards redeemed', ar: 'المكافآت المستبدلة' },
  visitsByBranch: { en: 'Visits by branch', ar: 'الزيارات لكل فرع' },

  joined: { en: 'Joined', ar: 'شهر الانضمام' },
  size: { en: 'Customers', ar: 'العملاء' },
  cohortTitle: { en: 'Who came back, by month joined', ar: 'من عاد، حسب شهر الانضمام' },
  cohortSentence: {
    en: 'Of the customers who joined in a month, the share who visited in that month and in the months after.',
    ar: 'نسبة من زار من العملاء الذين انضموا في شهر، في ذلك الشهر والأشهر التالية له.',
  },
  monthAfter: (months: string): Text => ({ en: `+${months}`, ar: `+${months}` }),
  sameMonth: { en: 'Same month', ar: 'الشهر نفسه' },
} as const
