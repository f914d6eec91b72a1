// Words of My account.
import type { Text } from '../../words/text.ts'

export const WORDS = {
  title: { en: 'My account', ar: 'حسابي' },
  profile: { en: 'Profile', ar: 'الملف الشخصي' },
  businesses: { en: 'Businesses', ar: 'المنشآت' },
} as const satisfies Record<string, Text>
