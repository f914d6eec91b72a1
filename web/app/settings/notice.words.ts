// The words of Settings › Privacy notices.

export const NOTICE_WORDS = {
  notices: { en: 'Privacy notices', ar: 'إشعارات الخصوصية' },
  noticesText: {
    en: 'What customers read and agree to when they join. A new version is for those who join from then on.',
    ar: 'ما يقرؤه العملاء ويوافقون عليه عند الانضمام. وتسري النسخة الجديدة على من ينضم بعد نشرها.',
  },
  newVersion: { en: 'New version', ar: 'نسخة جديدة' },
  none: { en: 'No privacy notice yet', ar: 'لا يوجد إشعار خصوصية بعد' },
  noneText: {
    en: 'The law requires one before customers join. Start from our text: fill in what only you know, and let a lawyer read it.',
    ar: 'يشترطه النظام قبل انضمام العملاء. ابدأ من نصنا: أكمل ما لا يعرفه غيرك، واعرضه على محامٍ.',
  },
  draft: { en: 'Draft', ar: 'مسودة' },
  version: (version: number) => ({ en: `Version ${version}`, ar: `النسخة ${version}` }),
  changedAt: { en: 'Changed', ar: 'عُدّلت' },
  publishedAt: { en: 'Published', ar: 'نُشرت' },
  states: {
    draft: { en: 'Draft', ar: 'مسودة' },
    in_force: { en: 'In force', ar: 'سارية' },
    replaced: { en: 'Replaced', ar: 'استُبدلت' },
  },
  draftText: {
    en: 'Customers see nothing of a draft until you publish it.',
    ar: 'لا يرى العملاء المسودة حتى تنشرها.',
  },
  publishedText: {
    en: 'A published version never changes, because customers have agreed to it.',
    ar: 'لا تتغيّر النسخة المنشورة، لأن عملاء وافقوا عليها.',
  },
  languages: { en: { en: 'English', ar: 'الإنجليزية' }, ar: { en: 'Arabic', ar: 'العربية' } },
  parts: {
    notice: { en: 'Notice', ar: 'الإشعار' },
    service: { en: 'Consent to the program', ar: 'الموافقة على البرنامج' },
    marketing: { en: 'Consent to offers', ar: 'الموافقة على العروض' },
  },
  partTexts: {
    notice: {
      en: 'Plain text. An empty line begins a paragraph, “# ” a heading, “- ” a line of a list.',
      ar: 'نص عادي. يبدأ السطر الفارغ فقرة جديدة، و«# » عنوانًا، و«- » سطرًا في قائمة.',
    },
    service: {
      en: 'Customers cannot join without it.',
      ar: 'لا ينضم العميل دونها.',
    },
    marketing: {
      en: 'Separate and not ticked beforehand: customers can join without it, and withdraw it at any time.',
      ar: 'منفصلة وغير محددة مسبقًا: ينضم العميل دونها، ويسحبها متى شاء.',
    },
  },
  saveDraft: { en: 'Save the draft', ar: 'حفظ المسودة' },
  publish: { en: 'Publish', ar: 'نشر' },
  published: { en: 'Published', ar: 'تم النشر' },
  publishTitle: { en: 'Publish this notice?', ar: 'نشر هذا الإشعار؟' },
  publishText: {
    en: 'New customers are shown it from now on. Consents to earlier versions stay as they were given. It cannot be changed afterwards.',
    ar: 'يظهر للعملاء الجدد من الآن. وتبقى الموافقات على النسخ السابقة كما هي. ولا يمكن تعديله بعد ذلك.',
  },
  saveFirst: { en: 'Save the draft first.', ar: 'احفظ المسودة أولًا.' },
  blanks: (blanks: readonly string[]) => ({
    en: `Fill in first: ${[...new Set(blanks)].join(' ')}`,
    ar: `أكمل أولًا: ${[...new Set(blanks)].join(' ')}`,
  }),
  delete: { en: 'Delete the draft', ar: 'حذف المسودة' },
  deleteTitle: { en: 'Delete this draft?', ar: 'حذف هذه المسودة؟' },
  deleteText: { en: 'Its texts are lost. Published versions stay.', ar: 'ستُفقد نصوصها، وتبقى النسخ المنشورة.' },
  preview: { en: 'What a customer reads', ar: 'ما يقرؤه العميل' },
} as const
