// Words of the sign-in page.
import type { Text } from '../../words/text.ts'

export const WORDS = {
  signIn: { en: 'Sign in', ar: 'تسجيل الدخول' },
  to: { en: 'To the loyalty programs of your business', ar: 'إلى برامج ولاء منشأتك' },
  email: { en: 'Email', ar: 'البريد الإلكتروني' },
  password: { en: 'Password', ar: 'كلمة المرور' },
  enter: { en: 'Sign in', ar: 'دخول' },
  code: { en: 'Code', ar: 'رمز التحقق' },
  codeHint: {
    en: 'The six digits that your authenticator app shows now.',
    ar: 'الأرقام الستة التي يعرضها تطبيق المصادقة الآن.',
  },
  recoveryCode: { en: 'Recovery code', ar: 'رمز الاسترداد' },
  recoveryCodeHint: {
    en: 'One of the recovery codes that you saved. Each works once.',
    ar: 'أحد رموز الاسترداد التي حفظتها. يُستخدم كل رمز مرة واحدة.',
  },
  useRecoveryCode: { en: 'Use a recovery code instead', ar: 'استخدام رمز استرداد بدلًا من ذلك' },
  useCode: { en: 'Use a code of the app instead', ar: 'استخدام رمز التطبيق بدلًا من ذلك' },
  backToPassword: { en: 'Back to the password', ar: 'العودة إلى كلمة المرور' },
  forgot: { en: 'Forgot your password?', ar: 'نسيت كلمة المرور؟' },
  name: { en: 'Your name', ar: 'اسمك' },
  newPassword: { en: 'New password', ar: 'كلمة المرور الجديدة' },
  passwordHint: {
    en: 'At least 10 characters; several words are easy to remember.',
    ar: '10 أحرف على الأقل، ومن السهل تذكّر عدة كلمات.',
  },
  resetTitle: { en: 'New password', ar: 'كلمة مرور جديدة' },
  resetText: {
    en: 'Enter the email address of your account. We send you a link, valid for one hour.',
    ar: 'أدخل البريد الإلكتروني لحسابك، ونرسل إليك رابطًا صالحًا لمدة ساعة واحدة.',
  },
  sendLink: { en: 'Send the link', ar: 'إرسال الرابط' },
  sentTitle: { en: 'Look in your inbox', ar: 'تحقق من بريدك' },
  sentText: {
    en: 'If the address has an account, a mail with a link is on its way. It can take a minute, and may be among unwanted mail.',
    ar: 'إذا كان لهذا البريد حساب، فستصل رسالة فيها رابط خلال دقيقة تقريبًا. تحقق أيضًا من البريد غير المرغوب.',
  },
  setTitle: { en: 'Choose a new password', ar: 'اختر كلمة مرور جديدة' },
  setText: { en: 'It signs you out on all devices.', ar: 'سيُسجّل خروجك من جميع الأجهزة.' },
  setPassword: { en: 'Save the password', ar: 'حفظ كلمة المرور' },
  doneTitle: { en: 'Your password is saved', ar: 'تم حفظ كلمة المرور' },
  doneText: { en: 'Sign in with it now.', ar: 'سجّل الدخول بها الآن.' },
  toSignIn: { en: 'Go to sign-in', ar: 'إلى تسجيل الدخول' },
  again: { en: 'Ask for a new link', ar: 'طلب رابط جديد' },
  noLink: { en: 'The link is not complete', ar: 'الرابط غير مكتمل' },
  noLinkText: {
    en: 'Open the invitation with the link in the mail.',
    ar: 'افتح الدعوة من الرابط الموجود في الرسالة.',
  },
  noEmailLinkText: {
    en: 'Open this page with the link in the mail.',
    ar: 'افتح هذه الصفحة من الرابط الموجود في الرسالة.',
  },
  emailTitle: { en: 'Confirm your new email address', ar: 'تأكيد بريدك الجديد' },
  emailText: {
    en: 'You sign in with this address from then on. On other devices you are signed out.',
    ar: 'بعد التأكيد تسجّل الدخول بهذا البريد، ويُسجّل خروجك من الأجهزة الأخرى.',
  },
  emailConfirm: { en: 'Confirm the address', ar: 'تأكيد البريد' },
  emailDoneTitle: { en: 'Your email address is changed', ar: 'تغيّر بريدك الإلكتروني' },
  toLoyaPro: { en: 'Go to LoyaPro', ar: 'إلى لويا برو' },
  invalid: { en: 'This link is not valid any more', ar: 'هذا الرابط لم يعد صالحًا' },
  joinText: {
    en: 'Your account is yours alone. Choose a password that you use nowhere else.',
    ar: 'حسابك لك وحدك. اختر كلمة مرور لا تستخدمها في مكان آخر.',
  },
  join: { en: 'Create the account and join', ar: 'إنشاء الحساب والانضمام' },
  accept: { en: 'Accept', ar: 'قبول' },
  signInFirst: {
    en: 'This address has an account. Sign in to accept.',
    ar: 'يوجد حساب بهذا البريد. سجّل الدخول لقبول الدعوة.',
  },
  signInAndAccept: { en: 'Sign in and accept', ar: 'تسجيل الدخول والقبول' },
  confirm: { en: 'Confirm', ar: 'تأكيد' },
  usePasskey: { en: 'Use a passkey', ar: 'استخدام مفتاح مرور' },
  noPasskey: {
    en: 'No passkey was used. Try again, or use your password.',
    ar: 'لم يُستخدم أي مفتاح مرور. حاول مرة أخرى أو استخدم كلمة المرور.',
  },
  unexpected: { en: 'That did not work. Try again.', ar: 'لم ينجح ذلك. حاول مرة أخرى.' },
  say: { en: 'Every point can say why it is there.', ar: 'كل نقطة تعرف لماذا أُعطيت.' },
  sampleTitle: { en: '48 points', ar: '48 نقطة' },
  sampleText: {
    en: '1 point per riyal, on 48.00 paid after the discount.',
    ar: 'نقطة عن كل ريال، على 48.00 مدفوعة بعد الخصم.',
  },
} as const satisfies Record<string, Text>

export function invites(business: Text): Text {
  return { en: `Join ${business.en}`, ar: `انضم إلى ${business.ar}` }
}

export function yourRole(role: Text): Text {
  return { en: `Your role: ${role.en}.`, ar: `دورك: ${role.ar}.` }
}

export function signInWith(email: string): Text {
  return { en: `From now on, sign in with ${email}.`, ar: `من الآن فصاعدًا سجّل الدخول بالبريد ${email}.` }
}

export function signedInAs(email: string): Text {
  return { en: `You are signed in as ${email}.`, ar: `أنت مسجّل الدخول بالحساب ${email}.` }
}
