// Words of My account › Two-step verification and Passkeys.
import { plural, type Text } from '../../words/text.ts'

export const WORDS = {
  title: { en: 'Two-step verification', ar: 'التحقق بخطوتين' },
  text: {
    en: 'Signing in with the password also asks for a code from an app on your phone. A stolen password alone opens nothing then.',
    ar: 'عند تسجيل الدخول بكلمة المرور يُطلب أيضًا رمز من تطبيق على جوالك، فلا تكفي كلمة مرور مسروقة وحدها للدخول.',
  },
  on: { en: 'On', ar: 'مفعّل' },
  since: { en: 'Since', ar: 'منذ' },
  turnOn: { en: 'Turn on', ar: 'تفعيل' },
  turnOff: { en: 'Turn off', ar: 'إيقاف' },
  turnOffTitle: { en: 'Turn off two-step verification?', ar: 'إيقاف التحقق بخطوتين؟' },
  turnOffText: {
    en: 'The password alone signs in from then on. The recovery codes are deleted, and your other browsers are signed out.',
    ar: 'بعد ذلك تكفي كلمة المرور وحدها لتسجيل الدخول. تُحذف رموز الاسترداد، ويُسجّل خروجك من المتصفحات الأخرى.',
  },
  turnedOff: { en: 'Two-step verification is off', ar: 'تم إيقاف التحقق بخطوتين' },
  newCodes: { en: 'New recovery codes', ar: 'رموز استرداد جديدة' },
  newCodesText: {
    en: 'The codes that you have now are not valid any more.',
    ar: 'لن تعود الرموز التي لديك الآن صالحة.',
  },
  setUp: { en: 'Turn on two-step verification', ar: 'تفعيل التحقق بخطوتين' },
  scan: {
    en: 'Scan this code with an authenticator app, for example Google Authenticator or Microsoft Authenticator.',
    ar: 'امسح هذا الرمز بتطبيق مصادقة، مثل Google Authenticator أو Microsoft Authenticator.',
  },
  qr: { en: 'QR code with the secret', ar: 'رمز QR يحتوي على المفتاح السري' },
  secret: { en: 'Or type this secret into the app', ar: 'أو أدخل هذا المفتاح السري في التطبيق' },
  code: { en: 'The six digits that the app shows now', ar: 'الأرقام الستة التي يعرضها التطبيق الآن' },
  codesTitle: { en: 'Save your recovery codes', ar: 'احفظ رموز الاسترداد' },
  codesText: {
    en: 'Each replaces the app once, when you have lost your phone. They are shown only now. Keep them where nobody else can read them.',
    ar: 'يغني كل رمز عن التطبيق مرة واحدة إذا فقدت جوالك. لن تُعرض الرموز مرة أخرى، فاحفظها في مكان لا يطلع عليه غيرك.',
  },
  codes: { en: 'Recovery codes', ar: 'رموز الاسترداد' },
  save: { en: 'Save as a file', ar: 'حفظ كملف' },
  print: { en: 'Print', ar: 'طباعة' },
  saved: { en: 'I have saved them', ar: 'حفظتُ الرموز' },
  passkeys: { en: 'Passkeys', ar: 'مفاتيح المرور' },
  passkeysText: {
    en: 'Sign in with your fingerprint, your face or the PIN of your device, without a password.',
    ar: 'سجّل الدخول ببصمتك أو وجهك أو الرمز السري لجهازك، بلا كلمة مرور.',
  },
  none: { en: 'You have no passkey yet.', ar: 'لا توجد لديك مفاتيح مرور حتى الآن.' },
  noSupport: {
    en: 'This browser has no passkeys for this address.',
    ar: 'هذا المتصفح لا يدعم مفاتيح المرور على هذا العنوان.',
  },
  add: { en: 'Add a passkey', ar: 'إضافة مفتاح مرور' },
  added: { en: 'The passkey is added', ar: 'تمت إضافة مفتاح المرور' },
  thereAlready: {
    en: 'This device has a passkey of yours already.',
    ar: 'يوجد لك مفتاح مرور على هذا الجهاز من قبل.',
  },
  stopped: {
    en: 'No passkey was made. Try again, and confirm on the device.',
    ar: 'لم يُنشأ مفتاح مرور. حاول مرة أخرى وأكّد ذلك على الجهاز.',
  },
  created: { en: 'Added', ar: 'أُضيف' },
  used: { en: 'Last used', ar: 'آخر استخدام' },
  neverUsed: { en: 'Never used', ar: 'لم يُستخدم بعد' },
  rename: { en: 'Rename', ar: 'تغيير الاسم' },
  name: { en: 'Name', ar: 'الاسم' },
  delete: { en: 'Delete', ar: 'حذف' },
  deleteText: {
    en: 'It signs in no more, and your other browsers are signed out. Also delete it on the device.',
    ar: 'لن يصلح لتسجيل الدخول بعد ذلك، ويُسجّل خروجك من المتصفحات الأخرى. احذفه من الجهاز أيضًا.',
  },
  deleted: { en: 'The passkey is deleted', ar: 'تم حذف مفتاح المرور' },
} as const satisfies Record<string, Text>

export function codesLeft(count: number): Text {
  return plural(count, {
    en: {
      zero: 'No recovery code left: get new ones',
      one: '# recovery code left',
      other: '# recovery codes left',
    },
    ar: {
      zero: 'لم يبق أي رمز استرداد: أنشئ رموزًا جديدة',
      one: 'بقي رمز استرداد واحد',
      two: 'بقي رمزا استرداد',
      few: 'بقيت # رموز استرداد',
      many: 'بقي # رمز استرداد',
      other: 'بقي # رمز استرداد',
    },
  })
}
