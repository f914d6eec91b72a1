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
    en: 'Days and hours of rules and reports follow it. It was set when the business was created.',
    ar: 'تتبعها أيام القواعد والتقارير وساعاتها. وقد حُددت عند إنشاء المنشأة.',
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
