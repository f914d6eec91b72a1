// Words of the states of a screen.
import type { Text } from '../words/text.ts'

export const WORDS = {
  loading: { en: 'Loading', ar: 'جارٍ التحميل' },
  failed: { en: 'This could not be loaded', ar: 'تعذّر تحميل البيانات' },
  notDone: { en: 'This was not done', ar: 'لم تُنفَّذ العملية' },
  gone: { en: 'Not found', ar: 'غير موجود' },
  stale: { en: 'This could not be refreshed', ar: 'تعذّر تحديث البيانات' },
  unexpected: {
    en: 'The screen stopped because of an error in it. Load it again.',
    ar: 'توقفت الشاشة بسبب خطأ فيها. أعد تحميلها.',
  },
  shownSince: (time: string): Text => ({
    en: `What you see was loaded at ${time}.`,
    ar: `ما تراه محمّل في الساعة ${time}.`,
  }),
  requestId: { en: 'Request ID for support:', ar: 'رقم الطلب للدعم الفني:' },
  retry: { en: 'Try again', ar: 'حاول مرة أخرى' },
  forbidden: { en: 'Your role does not include this', ar: 'دورك لا يشمل هذه الصفحة' },
  askOwner: {
    en: 'Ask the owner of the business to give you access.',
    ar: 'اطلب من مالك المنشأة منحك الصلاحية.',
  },
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>
