// What the screen of a test on past orders says.
import { plural } from '../../words/text.ts'

export const SUNDAY_FIRST = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

export const WEEKDAYS = {
  sun: { en: 'Sun', ar: 'الأحد' },
  mon: { en: 'Mon', ar: 'الاثنين' },
  tue: { en: 'Tue', ar: 'الثلاثاء' },
  wed: { en: 'Wed', ar: 'الأربعاء' },
  thu: { en: 'Thu', ar: 'الخميس' },
  fri: { en: 'Fri', ar: 'الجمعة' },
  sat: { en: 'Sat', ar: 'السبت' },
}

export const WORDS = {
  title: { en: 'Try it on past orders', ar: 'تجربة على الطلبات السابقة' },
  draft: { en: 'Draft against what was given', ar: 'المسودة مقارنة بما مُنح' },
  version: (number: number) => ({
    en: `Version ${number} against what was given`,
    ar: `الإصدار ${number} مقارنة بما مُنح`,
  }),
  orders: (count: number) =>
    plural(count, {
      en: { one: '# order', other: '# orders' },
      ar: { zero: 'لا توجد طلبات', one: 'طلب واحد', two: 'طلبان', few: '# طلبات', many: '# طلبًا', other: '# طلب' },
    }),
  seconds: (seconds: string) => ({ en: `in ${seconds} s`, ar: `خلال ${seconds} ث` }),
  changeDraft: { en: 'Change the draft', ar: 'تعديل المسودة' },
  start: { en: 'Start or schedule', ar: 'تفعيل أو جدولة' },
  apply: { en: 'Use this draft', ar: 'تطبيق هذه المسودة' },
  change: { en: 'Change the program', ar: 'تعديل البرنامج' },
  nothingWritten: { en: 'Nothing was written', ar: 'لم يُكتب شيء' },
  waiting: { en: 'It begins in a moment', ar: 'تبدأ التجربة بعد لحظات' },
  running: { en: 'Going through the orders', ar: 'جارٍ احتساب الطلبات' },
  cancel: { en: 'Cancel', ar: 'إلغاء' },
  cancelled: { en: 'It was cancelled', ar: 'أُلغيت التجربة' },
  failed: { en: 'It could not be completed', ar: 'تعذّر إكمال التجربة' },
  tooMany: {
    en: 'There are too many orders in this period. Try fewer days.',
    ar: 'عدد الطلبات في هذه الفترة كبير جدًا. جرّب عدد أيام أقل.',
  },
  error: {
    en: 'Something failed in LoyaPro; it is in its log. Try again.',
    ar: 'حدث خلل في لويا برو وسُجّل. حاول مرة أخرى.',
  },
  given: { en: 'Given', ar: 'الممنوح' },
  was: { en: 'was', ar: 'كان' },
  worth: { en: 'Worth', ar: 'القيمة' },
  noWorth: { en: 'no reward tells what a unit is worth', ar: 'لا توجد مكافأة تحدد قيمة الوحدة' },
  more: { en: 'Customers who get more', ar: 'عملاء يكسبون أكثر' },
  less: { en: 'Customers who get less', ar: 'عملاء يكسبون أقل' },
  onAverage: { en: 'on average', ar: 'في المتوسط' },
  noCustomer: { en: 'nobody', ar: 'لا أحد' },
  tested: { en: 'This version', ar: 'هذا الإصدار' },
  actual: { en: 'What was given', ar: 'ما مُنح فعلًا' },
  byWeek: { en: 'Given each week', ar: 'الممنوح كل أسبوع' },
  byDay: { en: 'Given each day', ar: 'الممنوح كل يوم' },
  from: { en: 'From', ar: 'من' },
  weekdays: { en: 'By weekday', ar: 'حسب أيام الأسبوع' },
  branches: { en: 'By branch', ar: 'حسب الفرع' },
  noBranch: { en: 'Without a branch', ar: 'بدون فرع' },
  whoLess: { en: 'Who gets less', ar: 'من يكسب أقل' },
  whoMore: { en: 'Who gets more', ar: 'من يكسب أكثر' },
  nobody: { en: 'Nobody.', ar: 'لا أحد.' },
  none: { en: 'No orders.', ar: 'لا توجد طلبات.' },
  unnamed: { en: 'Customer', ar: 'عميل' },
  arrow: { en: '→', ar: '←' },
}
