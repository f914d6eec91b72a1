// Holds for orders near the customer's birthday. The window may cross the turn of the year.
import { condition, holds } from './condition.ts'

export const birthday = condition<'birthday'>({
  miss: ({ days_before, days_after }, { basket: { birthDate, businessDate } }) => {
    if (birthDate === null) return {}
    const born = Temporal.PlainDate.from(birthDate)
    const today = Temporal.PlainDate.from(businessDate)
    const years = [today.year - 1, today.year, today.year + 1]
    return holds(
      years.some((year) => {
        // In a year without 29 February, `with` gives the 28th.
        const days = born.with({ year }).until(today, { largestUnit: 'days' }).days
        return -days_before <= days && days <= days_after
      }),
    )
  },
  explain: { en: () => "only valid around the customer's birthday", ar: () => 'متاحة حول يوم ميلاد العميل فقط' },
})
