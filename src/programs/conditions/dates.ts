// Holds on business dates between two days, both included.
import type { IsoDate } from '../../kernel/clock.ts'
import { dayOf, isOnDates } from './calendar.ts'
import { condition } from './condition.ts'

export const dates = condition<'dates', { d: IsoDate }>({
  miss: (_dates, { when, basket }) => (isOnDates(when, basket) ? null : { d: dayOf(when, basket) }),
  explain: {
    en: ({ d }, words) => `not valid on ${words.date(d)}`,
    ar: ({ d }, words) => `غير متاحة بتاريخ ${words.date(d)}`,
  },
})
