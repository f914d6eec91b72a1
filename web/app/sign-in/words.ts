// Words of the sign-in page.
import type { Text } from '../../words/text.ts'

export const WORDS = {
  signIn: { en: 'Sign in', ar: 'تسجيل الدخول' },
  to: { en: 'To the loyalty programs of your business', ar: 'إلى برامج ولاء منشأتك' },
  email: { en: 'Email', ar: 'البريد الإلكتروني' },
  password: { en: 'Password', ar: 'كلمة المرور' },
  enter: { en: 'Sign in', ar: 'دخول' },
  confirm: { en: 'Confirm', ar: 'تأكيد' },
  unexpected: { en: 'That did not work. Try again.', ar: 'لم ينجح ذلك. حاول مرة أخرى.' },
  say: { en: 'Every point can say why it is there.', ar: 'كل نقطة تعرف لماذا أُعطيت.' },
  sampleTitle: { en: '48 points', ar: '48 نقطة' },
  sampleText: {
    en: '1 point per riyal, on 48.00 paid after the discount.',
    ar: 'نقطة عن كل ريال، على 48.00 مدفوعة بعد الخصم.',
  },
} as const satisfies Record<string, Text>
