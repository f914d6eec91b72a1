// The texts of mails, in both languages.
import { ROLE_NAMES } from '../../contract/roles.ts'
import type { MailContent, MailLanguage, PasswordChange } from './content.ts'
import { factorsChanged } from './factor-texts.ts'

export interface MailText {
  subject: string
  paragraphs: readonly string[]
  /** The button, and the address below it. */
  action: { label: string; url: string } | null
  /** What to do when the mail is not expected. */
  note: string
}

export function textOf(content: MailContent, language: MailLanguage): MailText {
  switch (content.kind) {
    case 'invitation':
      return invitation(content, language)
    case 'password_reset':
      return {
        ...PASSWORD_RESET[language],
        action: { label: language === 'ar' ? 'اختيار كلمة مرور جديدة' : 'Choose a new password', url: content.url },
      }
    case 'password_changed':
      return { ...passwordChanged(content.by, language), action: null }
    case 'email_change':
      return {
        ...EMAIL_CHANGE[language],
        action: { label: language === 'ar' ? 'تأكيد البريد الجديد' : 'Confirm the address', url: content.url },
      }
    case 'email_changed':
      return { ...EMAIL_CHANGED[language], action: null }
    case 'factors_changed':
      return { ...factorsChanged(content.change, language), action: null }
  }
}

function invitation(
  { business, inviter, role, url }: Extract<MailContent, { kind: 'invitation' }>,
  language: MailLanguage,
): MailText {
  const roleName = ROLE_NAMES[role][language]
  if (language === 'ar') {
    const name = business.ar ?? business.en
    return {
      subject: `دعوة للانضمام إلى ${name} في لويا برو`,
      paragraphs: [
        inviter === null
          ? `تلقيت دعوة للانضمام إلى ${name} في لويا برو. دورك: ${roleName}.`
          : `دعاك ${inviter} للانضمام إلى ${name} في لويا برو. دورك: ${roleName}.`,
        'الرابط صالح لمدة 72 ساعة، ولمرة واحدة.',
      ],
      action: { label: 'قبول الدعوة', url },
      note: 'إذا لم تكن تتوقع هذه الدعوة، فتجاهل هذه الرسالة.',
    }
  }
  return {
    subject: `Invitation to ${business.en} on LoyaPro`,
    paragraphs: [
      inviter === null
        ? `You are invited to join ${business.en} on LoyaPro. Your role: ${roleName}.`
        : `${inviter} invites you to join ${business.en} on LoyaPro. Your role: ${roleName}.`,
      'The link is valid for 72 hours, and once.',
    ],
    action: { label: 'Accept the invitation', url },
    note: 'If you do not expect this invitation, ignore this mail.',
  }
}

const PASSWORD_RESET = {
  en: {
    subject: 'Choose a new password for LoyaPro',
    paragraphs: [
      'Somebody asked for a new password for your LoyaPro account.',
      'The link is valid for one hour, and once. A new password signs you out on all devices.',
    ],
    note: 'If it was not you, ignore this mail: your password stays as it is.',
  },
  ar: {
    subject: 'اختيار كلمة مرور جديدة للويا برو',
    paragraphs: [
      'طُلبت كلمة مرور جديدة لحسابك في لويا برو.',
      'الرابط صالح لمدة ساعة واحدة، ولمرة واحدة. تغيير كلمة المرور يسجّل خروجك من جميع الأجهزة.',
    ],
    note: 'إذا لم تطلب ذلك، فتجاهل هذه الرسالة، وتبقى كلمة مرورك كما هي.',
  },
} as const satisfies Record<MailLanguage, Fixed>

function passwordChanged(by: PasswordChange, language: MailLanguage) {
  const { subject, text, note } = PASSWORD_CHANGED[language]
  return { subject, paragraphs: [text[by]], note }
}

const PASSWORD_CHANGED = {
  en: {
    subject: 'Your LoyaPro password was changed',
    text: {
      reset: 'The password of your LoyaPro account was changed, and you are signed out on all devices.',
      account: 'The password of your LoyaPro account was changed, and you are signed out on all other devices.',
    },
    note: 'If it was not you, ask for a new password on the sign-in page at once, and tell an owner of your business.',
  },
  ar: {
    subject: 'تغيّرت كلمة مرورك في لويا برو',
    text: {
      reset: 'تغيّرت كلمة مرور حسابك في لويا برو، وسُجّل خروجك من جميع الأجهزة.',
      account: 'تغيّرت كلمة مرور حسابك في لويا برو، وسُجّل خروجك من جميع الأجهزة الأخرى.',
    },
    note: 'إذا لم تكن أنت من غيّرها، فاطلب كلمة مرور جديدة من صفحة تسجيل الدخول فورًا، وأبلغ مالك المنشأة.',
  },
} as const

const EMAIL_CHANGE = {
  en: {
    subject: 'Confirm your new email address for LoyaPro',
    paragraphs: [
      'Somebody asked to sign in to their LoyaPro account with this address from now on.',
      'The link is valid for one hour, and once. It signs you out on all devices except the one on which you asked for it.',
    ],
    note: 'If it was not you, ignore this mail: nothing changes.',
  },
  ar: {
    subject: 'تأكيد بريدك الجديد في لويا برو',
    paragraphs: [
      'طُلب استخدام هذا البريد لتسجيل الدخول إلى حساب في لويا برو.',
      'الرابط صالح لمدة ساعة واحدة، ولمرة واحدة. تأكيد البريد يسجّل خروجك من جميع الأجهزة ما عدا الجهاز الذي طلبت منه الرابط.',
    ],
    note: 'إذا لم تطلب ذلك، فتجاهل هذه الرسالة، ولن يتغير شيء.',
  },
} as const satisfies Record<MailLanguage, Fixed>

const EMAIL_CHANGED = {
  en: {
    subject: 'The email address of your LoyaPro account was changed',
    paragraphs: ['Your LoyaPro account has another email address now. This address does not sign in any more.'],
    note: 'If it was not you, tell an owner of your business and the operator of LoyaPro at once.',
  },
  ar: {
    subject: 'تغيّر البريد الإلكتروني لحسابك في لويا برو',
    paragraphs: ['أصبح لحسابك في لويا برو بريد إلكتروني آخر، ولم يعد الدخول ممكنًا بهذا البريد.'],
    note: 'إذا لم تكن أنت من غيّره، فأبلغ مالك المنشأة ومسؤول النظام في لويا برو فورًا.',
  },
} as const satisfies Record<MailLanguage, Fixed>

interface Fixed {
  subject: string
  paragraphs: readonly string[]
  note: string
}
