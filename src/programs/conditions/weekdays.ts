// Holds on these days of the week, in the branch's local time. `w` counts from Monday, 1.
import { isOnWeekdays, weekdayNames } from './calendar.ts'
import { condition } from './condition.ts'

export const weekdays = condition<'weekdays', { w: number }>({
  miss: (_weekdays, { when, basket }) => (isOnWeekdays(when, basket) ? null : { w: basket.local.weekday }),
  explain: {
    en: ({ w }) => `not valid on ${weekdayNames(w).en}`,
    ar: ({ w }) => `غير متاحة يوم ${weekdayNames(w).ar}`,
  },
})
