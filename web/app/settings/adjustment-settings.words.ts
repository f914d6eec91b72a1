// The words of Settings › Adjustments.

export const ADJUSTMENTS = {
  title: { en: 'Adjustments', ar: 'تعديل الأرصدة' },
  subtitle: {
    en: 'How much people may give or deduct by hand. Owners have no limit.',
    ar: 'ما يمكن للموظفين إضافته أو خصمه يدويًا. لا حدّ لمالك المنشأة.',
  },
  support: { en: 'Support', ar: 'خدمة العملاء' },
  manager: { en: 'Managers', ar: 'المديرون' },
  limitManagers: { en: 'Managers have a limit', ar: 'تطبيق حدّ على المديرين' },
  limitManagersHint: {
    en: 'Who has a limit cannot merge customers: a merge moves whole balances.',
    ar: 'من له حدّ لا يمكنه دمج العملاء، لأن الدمج ينقل أرصدة كاملة.',
  },
  perAdjustment: { en: 'One adjustment', ar: 'التعديل الواحد' },
  perAdjustmentHint: { en: '0: they may not adjust balances.', ar: '0: لا يمكنهم تعديل الأرصدة.' },
  perDay: { en: 'Each person in a day', ar: 'لكل موظف في اليوم' },
  perDayHint: {
    en: 'What is given and what is deducted count alike.',
    ar: 'تُحتسب الإضافة والخصم معًا.',
  },
  worth: {
    en: 'Points, stamps and uses count with what customers got for them in the last twelve months; before the first redemption, with the most that the rewards give for them. Cashback counts as money.',
    ar: 'تُحتسب النقاط والأختام والاستخدامات بقيمة ما حصل عليه العملاء مقابلها خلال آخر 12 شهرًا، وقبل أول استبدال بأعلى قيمة تمنحها المكافآت. ويُحتسب الكاش باك بقيمته.',
  },
  save: { en: 'Save', ar: 'حفظ' },
  saved: { en: 'Saved', ar: 'تم الحفظ' },
}
