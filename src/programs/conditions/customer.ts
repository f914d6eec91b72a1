// Conditions on the customer: the first order, and the days around the birthday.
import { type Condition, holds } from './condition.ts'

export const firstOrder: Condition = {
  miss: ({ first_order }, { basket }) => holds(!first_order || basket.firstOrder),
  explain: { en: () => "only valid for a customer's first order", ar: () => 'متاحة لأول طلب للعميل فقط' },
}

/**
 * The window may lie across the turn of the year. Who was born on 29 February has the birthday on
 * the 28th in other years.
 */
export const birthday: Condition = {
  miss: ({ birthday }, { basket: { birthDate, businessDate } }) => {
    if (!birthday) return null
    if (birthDate === null) return {}
    const born = Temporal.PlainDate.from(birthDate)
    const today = Temporal.PlainDate.from(businessDate)
    const years = [today.year - 1, today.year, today.year + 1]
    return holds(
      years.some((year) => {
        const days = born.with({ year }).until(today, { largestUnit: 'days' }).days
        return -birthday.days_before <= days && days <= birthday.days_after
      }),
    )
  },
  explain: { en: () => "only valid around the customer's birthday", ar: () => 'متاحة حول يوم ميلاد العميل فقط' },
}
