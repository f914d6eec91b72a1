// Holds at these hours, in the branch's local time.
import { isInHours } from './calendar.ts'
import { condition } from './condition.ts'

export const hours = condition<'hours', { h: string }>({
  miss: (_hours, { when, basket }) => (isInHours(when, basket) ? null : { h: clockText(basket.local.minute) }),
  explain: {
    en: ({ h }) => `not valid at ${h}`,
    ar: ({ h }) => `غير متاحة الساعة ${h}`,
  },
})

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
