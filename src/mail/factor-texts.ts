// The texts of mails about two-step verification and passkeys, in both languages.
import type { FactorChange, MailLanguage } from './content.ts'

export function factorsChanged(change: FactorChange, language: MailLanguage) {
  const { subject, text } = wordsOf(change)
  return { subject: subject[language], paragraphs: [text[language]], note: NOTE[language] }
}

interface Words {
  subject: Record<MailLanguage, string>
  text: Record<MailLanguage, string>
}

function wordsOf(change: FactorChange): Words {
  switch (change.what) {
    case 'second_factor_on':
      return {
        subject: { en: 'Two-step verification is on', ar: 'تم تفعيل التحقق بخطوتين' },
        text: {
          en: 'From now on, signing in to LoyaPro with your password needs a code of your authenticator app as well. You are signed out on all other devices.',
          ar: 'من الآن فصاعدًا يتطلب الدخول إلى لويا برو بكلمة المرور رمزًا من تطبيق المصادقة أيضًا. سُجّل خروجك من جميع الأجهزة الأخرى.',
        },
      }
    case 'second_factor_off':
      return {
        subject: { en: 'Two-step verification is off', ar: 'تم إيقاف التحقق بخطوتين' },
        text: {
          en: 'From now on, your password alone signs you in to LoyaPro. You are signed out on all other devices.',
          ar: 'من الآن فصاعدًا تكفي كلمة المرور وحدها للدخول إلى لويا برو. سُجّل خروجك من جميع الأجهزة الأخرى.',
        },
      }
    case 'second_factor_removed_by_operator':
      return {
        subject: { en: 'Two-step verification was turned off', ar: 'تم إيقاف التحقق بخطوتين' },
        text: {
          en: 'The operator of LoyaPro turned off the two-step verification of your account. Your password alone signs you in now. You are signed out on all devices.',
          ar: 'أوقف مسؤول النظام التحقق بخطوتين لحسابك في لويا برو. تكفي الآن كلمة المرور وحدها للدخول. سُجّل خروجك من جميع الأجهزة.',
        },
      }
    case 'recovery_codes_replaced':
      return {
        subject: { en: 'You have new recovery codes', ar: 'لديك رموز استرداد جديدة' },
        text: {
          en: 'New recovery codes were made for your LoyaPro account. The former ones are not valid any more.',
          ar: 'أُنشئت رموز استرداد جديدة لحسابك في لويا برو. لم تعد الرموز السابقة صالحة.',
        },
      }
    case 'recovery_code_used':
      return {
        subject: { en: 'A recovery code was used', ar: 'استُخدم رمز استرداد' },
        text: {
          en: `Somebody signed in to your LoyaPro account with a recovery code. Codes that are left: ${change.left}.`,
          ar: `سُجّل الدخول إلى حسابك في لويا برو برمز استرداد. الرموز المتبقية: ${change.left}.`,
        },
      }
    case 'passkey_added':
      return {
        subject: { en: 'A passkey was added', ar: 'أُضيف مفتاح مرور' },
        text: {
          en: `A passkey was added to your LoyaPro account: ${change.name}. It signs you in without the password.`,
          ar: `أُضيف مفتاح مرور إلى حسابك في لويا برو: ${change.name}. يمكن الدخول به دون كلمة المرور.`,
        },
      }
    case 'passkey_deleted':
      return {
        subject: { en: 'A passkey was deleted', ar: 'حُذف مفتاح مرور' },
        text: {
          en: `A passkey was deleted from your LoyaPro account: ${change.name}. You are signed out on all other devices.`,
          ar: `حُذف مفتاح مرور من حسابك في لويا برو: ${change.name}. سُجّل خروجك من جميع الأجهزة الأخرى.`,
        },
      }
  }
}

const NOTE: Record<MailLanguage, string> = {
  en: 'If it was not you, change your password at once, and tell an owner of your business.',
  ar: 'إذا لم تكن أنت من فعل ذلك، فغيّر كلمة مرورك فورًا، وأبلغ مالك المنشأة.',
}
