// The words of Settings › Staff and of the mails of the demo.
import type { Membership } from '../../../api/session.ts'
import type { Text } from '../../../words/text.ts'

/** What a person in the role does, in one sentence. */
export const ROLE_TEXTS: Record<Membership['role'], Text> = {
  owner: {
    en: 'Does everything, also staff, API keys and erasing customers.',
    ar: 'كل الصلاحيات، ومنها الموظفون ومفاتيح API وحذف بيانات العملاء.',
  },
  manager: {
    en: 'Runs programs, rewards, customers and orders; no staff and no API keys.',
    ar: 'يدير البرامج والمكافآت والعملاء والطلبات، دون الموظفين ومفاتيح API.',
  },
  support: {
    en: 'Helps customers: profiles, rewards and codes; reads programs and orders.',
    ar: 'يخدم العملاء: ملفاتهم ومكافآتهم ورموزهم، ويطّلع على البرامج والطلبات.',
  },
  analyst: {
    en: 'Reads figures and orders and changes nothing; mobile numbers are masked.',
    ar: 'يطّلع على الأرقام والطلبات دون تغيير شيء، وأرقام الجوال مخفية.',
  },
  cashier: { en: 'Works at the till only.', ar: 'يعمل عند الكاشير فقط.' },
}

export const WORDS = {
  staff: { en: 'Staff', ar: 'الموظفون' },
  staffText: { en: 'Who works here, in which role.', ar: 'من يعمل هنا، وبأي دور.' },
  person: { en: 'Person', ar: 'الشخص' },
  role: { en: 'Role', ar: 'الدور' },
  branches: { en: 'Branches', ar: 'الفروع' },
  allBranches: { en: 'All branches', ar: 'كل الفروع' },
  someBranches: { en: 'Some branches', ar: 'بعض الفروع' },
  chooseBranch: { en: 'Choose at least one branch.', ar: 'اختر فرعًا واحدًا على الأقل.' },
  seen: { en: 'Last seen', ar: 'آخر ظهور' },
  longAgo: { en: 'Long ago', ar: 'منذ مدة طويلة' },
  you: { en: 'You', ar: 'أنت' },
  acts: { en: 'Acts', ar: 'الإجراءات' },
  change: { en: 'Change role', ar: 'تغيير الدور' },
  remove: { en: 'Remove', ar: 'إزالة' },
  removeText: {
    en: 'The person is signed out everywhere and sees nothing of this business any more. The account stays.',
    ar: 'يُسجَّل خروج الشخص من كل الأجهزة ولا يرى شيئًا من هذه المنشأة بعد ذلك. ويبقى حسابه.',
  },
  removed: { en: 'Removed', ar: 'تمت الإزالة' },
  save: { en: 'Save', ar: 'حفظ' },
  saved: { en: 'Saved', ar: 'تم الحفظ' },
  losesRights: {
    en: 'Whoever loses rights is signed out everywhere.',
    ar: 'من تقل صلاحياته يُسجَّل خروجه من كل الأجهزة.',
  },
  invite: { en: 'Invite', ar: 'دعوة' },
  inviteTitle: { en: 'Invite a person', ar: 'دعوة شخص' },
  email: { en: 'Email', ar: 'البريد الإلكتروني' },
  inviteHint: {
    en: 'Gets a mail with a link that is valid once, for 72 hours.',
    ar: 'تصله رسالة فيها رابط صالح مرة واحدة لمدة 72 ساعة.',
  },
  send: { en: 'Send the invitation', ar: 'إرسال الدعوة' },
  invited: { en: 'Invitation sent', ar: 'أُرسلت الدعوة' },
  invitations: { en: 'Open invitations', ar: 'الدعوات المفتوحة' },
  noInvitations: { en: 'No open invitations', ar: 'لا توجد دعوات مفتوحة' },
  noInvitationsText: {
    en: 'Whoever you invite stands here until they accept.',
    ar: 'من تدعوه يظهر هنا حتى يقبل الدعوة.',
  },
  validUntil: { en: 'Link valid until', ar: 'الرابط صالح حتى' },
  ended: { en: 'Link has ended', ar: 'انتهى الرابط' },
  mail: { en: 'Mail', ar: 'الرسالة' },
  waiting: { en: 'Waiting', ar: 'بانتظار الإرسال' },
  sent: { en: 'Sent', ar: 'أُرسلت' },
  failed: { en: 'Not sent', ar: 'لم تُرسل' },
  resend: { en: 'Send again', ar: 'إعادة الإرسال' },
  withdraw: { en: 'Withdraw', ar: 'سحب الدعوة' },
  withdrawText: { en: 'The link in the mail ends at once.', ar: 'ينتهي الرابط الموجود في الرسالة فورًا.' },
  withdrawn: { en: 'Invitation withdrawn', ar: 'سُحبت الدعوة' },
  nobody: { en: 'Nobody yet', ar: 'لا أحد بعد' },
  rolesTitle: { en: 'What the roles may do', ar: 'صلاحيات الأدوار' },
  mails: { en: 'Mails of the demo', ar: 'رسائل النسخة التجريبية' },
  mailsText: {
    en: 'Without a mail server nobody receives these mails, so they are shown here and in the terminal.',
    ar: 'لا تصل هذه الرسائل إلى أحد دون خادم بريد، ولذلك تظهر هنا وفي الطرفية.',
  },
  noMails: { en: 'No mails yet', ar: 'لا توجد رسائل بعد' },
  noMailsText: {
    en: 'Invite somebody, and the mail appears here.',
    ar: 'ادعُ شخصًا وستظهر الرسالة هنا.',
  },
  noText: { en: 'The text is not kept any more.', ar: 'لم يعد نص الرسالة محفوظًا.' },
  openLink: { en: 'Open the link', ar: 'فتح الرابط' },
} as const satisfies Record<string, Text>

export function removeTitle(name: string): Text {
  return { en: `Remove ${name}?`, ar: `إزالة ${name}؟` }
}

export function withdrawTitle(email: string): Text {
  return { en: `Withdraw the invitation of ${email}?`, ar: `سحب دعوة ${email}؟` }
}
