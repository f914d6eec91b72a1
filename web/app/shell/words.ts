// Words of the shell.
import type { Membership } from '../../api/session.ts'
import type { Text } from '../../words/text.ts'
import type { PeriodName } from '../scope.ts'

export const WORDS = {
  skip: { en: 'Skip to content', ar: 'تخطَّ إلى المحتوى' },
  navigation: { en: 'Main', ar: 'الرئيسية' },
  tools: { en: 'Search and filters', ar: 'البحث والتصفية' },
  search: { en: 'Customer, mobile number, order, code', ar: 'عميل أو رقم جوال أو طلب أو رمز' },
  searchShort: { en: 'Search', ar: 'بحث' },
  more: { en: 'More', ar: 'المزيد' },
  allBranches: { en: 'All branches', ar: 'كل الفروع' },
  branch: { en: 'Branch', ar: 'الفرع' },
  period: { en: 'Period', ar: 'الفترة' },
  switchBusiness: { en: 'Switch business', ar: 'تبديل المنشأة' },
  account: { en: 'My account', ar: 'حسابي' },
  signOut: { en: 'Sign out', ar: 'تسجيل الخروج' },
  appearance: { en: 'Appearance', ar: 'المظهر' },
  light: { en: 'Light', ar: 'فاتح' },
  dark: { en: 'Dark', ar: 'داكن' },
  auto: { en: 'As the device', ar: 'حسب الجهاز' },
  latinDigits: { en: 'Digits 123', ar: 'أرقام 123' },
  arabicDigits: { en: 'Digits ١٢٣', ar: 'أرقام ١٢٣' },
  shortcuts: { en: 'Keyboard shortcuts', ar: 'اختصارات لوحة المفاتيح' },
  noBusiness: { en: 'No business yet', ar: 'لا توجد منشأة بعد' },
  noBusinessText: {
    en: 'Your account belongs to no business. Ask the owner to invite you.',
    ar: 'حسابك غير مرتبط بأي منشأة. اطلب من المالك دعوتك.',
  },
  missing: { en: 'This page does not exist', ar: 'هذه الصفحة غير موجودة' },
  missingText: {
    en: 'The address may be wrong, or the page was removed.',
    ar: 'قد يكون العنوان خاطئًا أو أن الصفحة أُزيلت.',
  },
  toHome: { en: 'Go to Home', ar: 'إلى الرئيسية' },
} as const satisfies Record<string, Text>

export const ROLES: Record<Membership['role'], Text> = {
  owner: { en: 'Owner', ar: 'المالك' },
  manager: { en: 'Manager', ar: 'المدير' },
  support: { en: 'Support', ar: 'خدمة العملاء' },
  analyst: { en: 'Analyst', ar: 'محلل' },
  cashier: { en: 'Cashier', ar: 'كاشير' },
}

export const PERIOD_NAMES: Record<PeriodName, Text> = {
  today: { en: 'Today', ar: 'اليوم' },
  yesterday: { en: 'Yesterday', ar: 'أمس' },
  '7d': { en: 'Last 7 days', ar: 'آخر 7 أيام' },
  '30d': { en: 'Last 30 days', ar: 'آخر 30 يومًا' },
  month: { en: 'This month', ar: 'هذا الشهر' },
  year: { en: 'This year', ar: 'هذه السنة' },
  custom: { en: 'Other dates', ar: 'تواريخ أخرى' },
}

/** Each language is named in itself. */
export const LANGUAGE_NAMES = { en: 'English', ar: 'العربية' }
