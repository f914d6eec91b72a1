// The words of Settings › API keys.

export const KEYS = {
  title: { en: 'API keys', ar: 'مفاتيح API' },
  subtitle: {
    en: 'For systems that read or change your data. Tokens of points of sale are under Point of sale.',
    ar: 'للأنظمة التي تقرأ بياناتك أو تعدّلها. رموز وصول أنظمة نقاط البيع في صفحة نظام نقاط البيع.',
  },
  pos: { en: 'Point of sale', ar: 'نظام نقاط البيع' },
  add: { en: 'Create a key', ar: 'إنشاء مفتاح' },
  name: { en: 'Name', ar: 'الاسم' },
  nameHint: { en: 'What uses it: you will recognise it by that.', ar: 'ما يستخدمه، لتتعرّف عليه لاحقًا.' },
  scopes: { en: 'May do', ar: 'الصلاحيات' },
  preset: { en: 'Start with', ar: 'ابدأ بـ' },
  own: { en: 'Chosen one by one', ar: 'اختيار مفصّل' },
  all: { en: 'Everything', ar: 'كل الصلاحيات' },
  none: { en: 'Choose at least one thing that the key may do.', ar: 'اختر صلاحية واحدة على الأقل.' },
  created: { en: 'Created', ar: 'أُنشئ' },
  by: { en: 'By', ar: 'بواسطة' },
  state: { en: 'State', ar: 'الحالة' },
  valid: { en: 'valid', ar: 'صالح' },
  revoked: { en: 'revoked', ar: 'ملغى' },
  expired: { en: 'expired', ar: 'منتهي الصلاحية' },
  revoke: { en: 'Revoke', ar: 'إلغاء المفتاح' },
  revokeText: {
    en: 'What uses this key stops working within seconds, and so do the keys that were created with it. This cannot be undone.',
    ar: 'يتوقف ما يستخدم هذا المفتاح خلال ثوانٍ، وكذلك المفاتيح التي أُنشئت به. لا يمكن التراجع عن ذلك.',
  },
  revokedToast: { en: 'The key was revoked.', ar: 'أُلغي المفتاح.' },
  once: { en: 'Copy the key now', ar: 'انسخ المفتاح الآن' },
  onceText: {
    en: 'It is shown only this once. Who has it can do what it allows; keep it like a password.',
    ar: 'لن يظهر مرة أخرى. من يملكه يمكنه فعل ما يتيحه، فاحفظه كما تحفظ كلمة المرور.',
  },
  done: { en: 'I have copied it', ar: 'نسخته' },
  noneTitle: { en: 'No API key yet', ar: 'لا يوجد مفتاح API بعد' },
  noneText: {
    en: 'The dashboard needs none. Create one when another system is to use your data.',
    ar: 'لوحة التحكم لا تحتاج إليه. أنشئ مفتاحًا عندما يحتاج نظام آخر إلى بياناتك.',
  },
}
