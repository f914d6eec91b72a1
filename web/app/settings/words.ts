// The words of Settings › Business, Branches and Privacy.

export const WORDS = {
  save: { en: 'Save', ar: 'حفظ' },
  saved: { en: 'Saved', ar: 'تم الحفظ' },
  edit: { en: 'Edit', ar: 'تعديل' },
  business: { en: 'Business', ar: 'المنشأة' },
  name: { en: 'Name', ar: 'الاسم' },
  nameEn: { en: 'Name in English', ar: 'الاسم بالإنجليزية' },
  nameAr: { en: 'Name in Arabic', ar: 'الاسم بالعربية' },
  nameArHint: {
    en: 'Customers who read Arabic see it on their card and in messages.',
    ar: 'يراه العملاء الذين يقرؤون العربية في بطاقاتهم ورسائلهم.',
  },
  customersAndDays: { en: 'Customers and days', ar: 'العملاء والأيام' },
  messages: { en: 'Language of messages', ar: 'لغة الرسائل' },
  messagesHint: {
    en: 'For customers who have not chosen a language of their own.',
    ar: 'للعملاء الذين لم يختاروا لغتهم.',
  },
  country: { en: 'Country', ar: 'الدولة' },
  countryHint: {
    en: 'Mobile numbers without a country code belong to it.',
    ar: 'تُنسب إليها أرقام الجوال المكتوبة دون رمز الدولة.',
  },
  countryOfZone: { en: 'The country of the time zone', ar: 'دولة المنطقة الزمنية' },
  zone: { en: 'Time zone', ar: 'المنطقة الزمنية' },
  zoneHint: {
    en: 'Days and hours of rules and reports follow it. It can change until the first order or balance.',
    ar: 'تتبعها أيام القواعد والتقارير وساعاتها. ويمكن تغييرها قبل أول طلب أو رصيد فقط.',
  },
  currency: { en: 'Currency', ar: 'العملة' },
  currencyHint: {
    en: 'All balances and orders are counted in it, so it cannot change.',
    ar: 'تُحسب بها كل الأرصدة والطلبات، ولذلك لا يمكن تغييرها.',
  },
  branches: { en: 'Branches', ar: 'الفروع' },
  branchesText: {
    en: 'Branches appear with their first order. Names that you change here stay.',
    ar: 'تظهر الفروع مع أول طلب لها. والأسماء التي تعدّلها هنا لا تتغيّر.',
  },
  branch: { en: 'Branch', ar: 'الفرع' },
  number: { en: 'Number', ar: 'الرقم' },
  pos: { en: 'Point of sale', ar: 'نظام نقاط البيع' },
  dayEnds: { en: 'Day ends', ar: 'نهاية اليوم' },
  branchZoneHint: {
    en: 'Empty: that of the business. Hours and weekdays of rules use it from the next order on.',
    ar: 'إن تُركت فارغة فهي منطقة المنشأة. وتُطبق على ساعات القواعد وأيامها من الطلب التالي.',
  },
  noBranches: { en: 'No branches yet', ar: 'لا فروع بعد' },
  noBranchesText: {
    en: 'A branch appears when its first order arrives.',
    ar: 'يظهر الفرع عند وصول أول طلب منه.',
  },
  privacy: { en: 'Privacy', ar: 'الخصوصية' },
  privacyText: {
    en: 'Export or erase a customer in their profile. This is the record of what was erased.',
    ar: 'صدّر بيانات العميل أو احذفها من ملفه. وهذا سجل عمليات الحذف.',
  },
  kept: { en: 'What is kept', ar: 'ما يُحفظ' },
  keptLines: [
    {
      en: 'Profiles, balances and movements: until the customer is erased.',
      ar: 'الملفات والأرصدة والحركات: حتى حذف بيانات العميل.',
    },
    {
      en: 'Orders as the point of sale sent them: for the retention period, 13 months unless your operator set another one.',
      ar: 'الطلبات كما أرسلها نظام نقاط البيع: 13 شهرًا، ما لم يحدد مسؤول النظام مدة أخرى.',
    },
    {
      en: 'One-time passwords: one day. Answers for repeated requests: one day.',
      ar: 'رموز التحقق: يوم واحد. الردود على الطلبات المكررة: يوم واحد.',
    },
    {
      en: 'After an erasure: orders and movements without the customer, for your figures.',
      ar: 'بعد حذف بيانات العميل: الطلبات والحركات دون العميل، لتبقى تقاريرك صحيحة.',
    },
  ],
  erasures: { en: 'Erased customers', ar: 'العملاء الذين حُذفت بياناتهم' },
  erasedAt: { en: 'Erased', ar: 'وقت الحذف' },
  pseudonym: { en: 'Former ID', ar: 'المعرّف السابق' },
  status: { en: 'State', ar: 'الحالة' },
  completed: { en: 'Completed', ar: 'مكتمل' },
  searching: { en: 'Searching stored orders', ar: 'جارٍ البحث في الطلبات المحفوظة' },
  orders: { en: 'Orders', ar: 'الطلبات' },
  by: { en: 'By', ar: 'بواسطة' },
  noErasures: { en: 'Nobody was erased', ar: 'لم تُحذف بيانات أي عميل' },
  noErasuresText: {
    en: 'Every erasure is listed here, without the name or number of the customer.',
    ar: 'تُدرج هنا كل عملية حذف، دون اسم العميل أو رقمه.',
  },
} as const

/** Settings › Brand. */
export const BRAND_WORDS = {
  brand: { en: 'Brand', ar: 'الهوية' },
  brandText: {
    en: 'What customers see on their card, when they join, and on the poster.',
    ar: 'ما يراه العملاء في بطاقاتهم، وعند الانضمام، وفي الملصق.',
  },
  logo: { en: 'Logo', ar: 'الشعار' },
  logoHint: {
    en: 'PNG, JPEG, WebP or SVG. It is made at most 512 pixels wide. Without a logo, the first letter of the name stands for it.',
    ar: 'بصيغة PNG أو JPEG أو WebP أو SVG، ويُصغَّر إلى 512 بكسل. ودون شعار يظهر الحرف الأول من الاسم.',
  },
  noLogo: { en: 'No logo', ar: 'لا شعار' },
  chooseLogo: { en: 'Choose a picture', ar: 'اختيار صورة' },
  changeLogo: { en: 'Choose another', ar: 'اختيار صورة أخرى' },
  removeLogo: { en: 'Remove the logo', ar: 'إزالة الشعار' },
  unreadableLogo: {
    en: 'This file is no picture that can be read, or it is too large. Choose a PNG, JPEG, WebP or SVG.',
    ar: 'تعذّرت قراءة هذا الملف كصورة، أو أن حجمه كبير. اختر صورة بصيغة PNG أو JPEG أو WebP أو SVG.',
  },
  colors: { en: 'Colours', ar: 'الألوان' },
  shop: { en: 'Main colour', ar: 'اللون الأساسي' },
  shopHint: { en: 'The ground of the card and of the main button.', ar: 'خلفية البطاقة والزر الرئيسي.' },
  ink: { en: 'Text on it', ar: 'النص فوقه' },
  inkHint: { en: 'Usually white or black.', ar: 'أبيض أو أسود في الغالب.' },
  warm: { en: 'Stamps', ar: 'الأختام' },
  warmHint: { en: 'On the main colour.', ar: 'فوق اللون الأساسي.' },
  text: { en: 'Words on a light page', ar: 'الكلمات في صفحة فاتحة' },
  textHint: { en: 'Usually the main colour.', ar: 'اللون الأساسي في الغالب.' },
  changed: (contrast: number, least: number, instead: string) => ({
    en: `Hard to read: the contrast is ${shown(contrast)}:1, and ${least}:1 is needed. Shown and saved as ${instead}.`,
    ar: `تصعب قراءته: التباين ${shown(contrast)}:1 والمطلوب ${least}:1. يُعرض ويُحفظ بدرجة ${instead}.`,
  }),
  card: { en: 'Card', ar: 'البطاقة' },
  stamp: { en: 'Sign on a stamp', ar: 'علامة الختم' },
  stamps: {
    tick: { en: 'Tick', ar: 'علامة صح' },
    cup: { en: 'Cup', ar: 'كوب' },
    heart: { en: 'Heart', ar: 'قلب' },
    star: { en: 'Star', ar: 'نجمة' },
  },
  hero: { en: 'Ground of the stamp card', ar: 'خلفية بطاقة الأختام' },
  heroes: {
    plain: { en: 'Plain', ar: 'سادة' },
    seals: { en: 'Pattern of seals', ar: 'نقش الأختام' },
  },
  preview: { en: 'What a customer sees', ar: 'ما يراه العميل' },
  previewLabel: { en: 'The card of a sample customer', ar: 'بطاقة عميل تجريبي' },
  previewLanguage: { en: 'Language of the card', ar: 'لغة البطاقة' },
  previewScheme: { en: 'Screen of the customer', ar: 'شاشة العميل' },
  light: { en: 'Light', ar: 'فاتح' },
  dark: { en: 'Dark', ar: 'داكن' },
} as const

/** Rounded down: what is not enough never looks as if it were. */
function shown(contrast: number): string {
  return (Math.floor(contrast * 100) / 100).toFixed(2)
}
