// Words of My account.
import type { Text } from '../../words/text.ts'

export const WORDS = {
  title: { en: 'My account', ar: 'حسابي' },
  profile: { en: 'Profile', ar: 'الملف الشخصي' },
  businesses: { en: 'Businesses', ar: 'المنشآت' },
  leave: { en: 'Leave', ar: 'مغادرة' },
  leaveText: {
    en: 'You see nothing of this business any more, until an owner invites you again.',
    ar: 'لن ترى شيئًا من هذه المنشأة بعد ذلك، إلى أن يدعوك مالك من جديد.',
  },
} as const satisfies Record<string, Text>

export function leaveTitle(business: Text): Text {
  return { en: `Leave ${business.en}?`, ar: `مغادرة ${business.ar}؟` }
}
