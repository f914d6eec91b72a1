// Words of My account.
import type { Text } from '../../words/text.ts'

export const WORDS = {
  title: { en: 'My account', ar: 'حسابي' },
  subtitle: {
    en: 'What you set here holds for you, in all businesses and in every browser.',
    ar: 'ما تضبطه هنا يسري عليك في جميع المنشآت وفي كل متصفح.',
  },
  profile: { en: 'Profile', ar: 'الملف الشخصي' },
  name: { en: 'Name', ar: 'الاسم' },
  nameHint: { en: 'Colleagues see it beside what you do.', ar: 'يراه زملاؤك بجانب ما تقوم به.' },
  save: { en: 'Save', ar: 'حفظ' },
  saved: { en: 'Saved', ar: 'تم الحفظ' },
  display: { en: 'Language and display', ar: 'اللغة والعرض' },
  language: { en: 'Language', ar: 'اللغة' },
  scheme: { en: 'Colors', ar: 'الألوان' },
  light: { en: 'Light', ar: 'فاتح' },
  dark: { en: 'Dark', ar: 'داكن' },
  auto: { en: 'As the device', ar: 'حسب الجهاز' },
  digits: { en: 'Digits in Arabic', ar: 'الأرقام' },
  digitsHint: {
    en: 'For Arabic text. Codes and mobile numbers stay in Latin digits.',
    ar: 'تبقى الرموز وأرقام الجوال بالأرقام اللاتينية.',
  },
  email: { en: 'Email', ar: 'البريد الإلكتروني' },
  newEmail: { en: 'New email address', ar: 'البريد الإلكتروني الجديد' },
  newEmailHint: {
    en: 'We send a link to it. Your address changes once you confirm there.',
    ar: 'نرسل إليه رابطًا، ويتغيّر بريدك بعد تأكيده من هناك.',
  },
  sendLink: { en: 'Send the link', ar: 'إرسال الرابط' },
  password: { en: 'Password', ar: 'كلمة المرور' },
  passwordHint: {
    en: 'It signs you out everywhere else.',
    ar: 'سيُسجّل خروجك من كل مكان آخر.',
  },
  changePassword: { en: 'Change the password', ar: 'تغيير كلمة المرور' },
  passwordChanged: {
    en: 'Your password is changed. You are signed out everywhere else.',
    ar: 'تغيّرت كلمة مرورك، وسُجّل خروجك من كل مكان آخر.',
  },
  sessions: { en: 'Where you are signed in', ar: 'أماكن تسجيل دخولك' },
  thisSession: { en: 'This browser', ar: 'هذا المتصفح' },
  lastUsed: { en: 'Last used', ar: 'آخر استخدام' },
  endSession: { en: 'Sign out', ar: 'تسجيل الخروج' },
  endSessionOf: { en: 'Sign out:', ar: 'تسجيل الخروج:' },
  endOthers: { en: 'Sign out everywhere else', ar: 'تسجيل الخروج من كل مكان آخر' },
  endOthersText: {
    en: 'All your other browsers have to sign in again. What is not saved there is lost.',
    ar: 'سيتعيّن تسجيل الدخول من جديد في جميع متصفحاتك الأخرى، ويضيع ما لم يُحفظ فيها.',
  },
  endedOne: { en: 'Signed out there', ar: 'تم تسجيل الخروج هناك' },
  more: { en: 'Show more', ar: 'عرض المزيد' },
  unknownDevice: { en: 'Unknown device', ar: 'جهاز غير معروف' },
  businesses: { en: 'Businesses', ar: 'المنشآت' },
  shown: { en: 'Shown now', ar: 'المعروضة الآن' },
  open: { en: 'Open', ar: 'فتح' },
  leave: { en: 'Leave', ar: 'مغادرة' },
  leaveText: {
    en: 'You see nothing of this business any more, until an owner invites you again.',
    ar: 'لن ترى شيئًا من هذه المنشأة بعد ذلك، إلى أن يدعوك مالك من جديد.',
  },
} as const satisfies Record<string, Text>

export function youSignInWith(email: string): Text {
  return { en: `You sign in with ${email}.`, ar: `تسجّل الدخول بالبريد ${email}.` }
}

export function linkSentTo(email: string): Text {
  return {
    en: `A link is on its way to ${email}. It is valid for one hour, while you stay signed in here.`,
    ar: `سيصل رابط إلى ${email}. الرابط صالح لمدة ساعة واحدة ما دمت مسجّل الدخول هنا.`,
  }
}

export function leaveTitle(business: Text): Text {
  return { en: `Leave ${business.en}?`, ar: `مغادرة ${business.ar}؟` }
}
