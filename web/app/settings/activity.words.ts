// The words of Settings › Activity.

export const ACTIVITY = {
  title: { en: 'Activity', ar: 'سجل النشاط' },
  subtitle: {
    en: 'Who changed what. Entries cannot be changed or deleted.',
    ar: 'من غيّر ماذا. لا يمكن تعديل السجل أو حذفه.',
  },
  when: { en: 'When', ar: 'الوقت' },
  who: { en: 'Who', ar: 'بواسطة' },
  what: { en: 'What', ar: 'العملية' },
  changes: { en: 'Changes', ar: 'التغييرات' },
  from: { en: 'From where', ar: 'من أين' },
  kind: { en: 'Kind', ar: 'النوع' },
  subject: { en: 'Only this subject', ar: 'هذا الموضوع فقط' },
  open: { en: 'Open', ar: 'فتح' },
  onlyThis: { en: 'Everything about it', ar: 'كل ما يخصه' },
  field: { en: 'Field', ar: 'الحقل' },
  before: { en: 'Before', ar: 'قبل' },
  after: { en: 'After', ar: 'بعد' },
  noValues: { en: 'No values were recorded.', ar: 'لم تُسجل قيم.' },
  rest: { en: 'Further fields:', ar: 'حقول أخرى:' },
  raw: { en: 'As it was recorded', ar: 'كما سُجل' },
  client: { en: 'Browser or client', ar: 'المتصفح أو البرنامج' },
  request: { en: 'Request ID', ar: 'معرّف طلب API' },
  key: { en: 'API key', ar: 'مفتاح API' },
  unknown: { en: 'Unknown', ar: 'غير معروف' },
  noMatch: { en: 'Nothing matches in this period', ar: 'لا يوجد ما يطابق في هذه الفترة' },
  noneTitle: { en: 'Nothing was changed in this period', ar: 'لا تغييرات في هذه الفترة' },
  noneText: {
    en: 'Every change by staff and API keys is listed here. Choose a longer period above.',
    ar: 'تظهر هنا كل تغييرات الموظفين ومفاتيح API. اختر فترة أطول في الأعلى.',
  },
}
