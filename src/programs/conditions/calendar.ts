// Conditions on time: business dates, and weekdays and hours of the branch's own clock.
import type { Hours, When } from '../../../contract/program.ts'
import { must } from '../../kernel/assert.ts'
import type { Basket } from '../basket.ts'
import type { Condition } from './condition.ts'

/** What conditions on time look at. */
export interface Moment {
  basket: Pick<Basket, 'businessDate' | 'local'>
}

/** Whether dates, weekdays and hours all hold. */
export function isWithinCalendar(when: Pick<When, 'dates' | 'weekdays' | 'hours'>, moment: Moment): boolean {
  return [dates, weekdays, hours].every((condition) => condition.miss(when, moment) === null)
}

export const dates = {
  miss: ({ dates: { from = '', to = '9999-12-31' } = {} }: When, { basket: { businessDate } }: Moment) =>
    from <= businessDate && businessDate <= to ? null : { d: businessDate },
  explain: {
    en: ({ d }) => `not valid on ${d}`,
    ar: ({ d }) => `غير متاحة بتاريخ ${d}`,
  },
} satisfies Condition

/** An hour after midnight also counts for the day before, when it lies in hours that began there. */
export const weekdays = {
  miss: (when: When, { basket: { local } }: Moment) => {
    const days = [
      local.weekday,
      ...(when.hours?.some((hours) => isTail(hours, local.minute)) ? [dayBefore(local.weekday)] : []),
    ]
    return days.some((day) => includesDay(when, day)) ? null : { w: local.weekday }
  },
  explain: {
    en: ({ w }) => `not valid on ${WEEKDAYS[(w ?? 1) - 1]?.en}`,
    ar: ({ w }) => `غير متاحة يوم ${WEEKDAYS[(w ?? 1) - 1]?.ar}`,
  },
} satisfies Condition

export const hours = {
  miss: (when: When, { basket: { local } }: Moment) =>
    !when.hours || when.hours.some((window) => isWithin(window, when, local)) ? null : { h: clockText(local.minute) },
  explain: {
    en: ({ h }) => `not valid at ${h}`,
    ar: ({ h }) => `غير متاحة الساعة ${h}`,
  },
} satisfies Condition

function isWithin(window: Hours, when: When, { weekday, minute }: Basket['local']): boolean {
  const from = minuteOf(window.from)
  const to = minuteOf(window.to)
  if (from < to) return from <= minute && minute < to && includesDay(when, weekday)
  if (minute >= from) return includesDay(when, weekday)
  return isTail(window, minute) && includesDay(when, dayBefore(weekday))
}

/** The part after midnight of hours that pass midnight. */
function isTail({ from, to }: Hours, minute: number): boolean {
  return minuteOf(to) <= minuteOf(from) && minute < minuteOf(to)
}

function includesDay({ weekdays }: When, weekday: number): boolean {
  return !weekdays || weekdays.includes(must(WEEKDAYS[weekday - 1], 'weekday').code)
}

function dayBefore(weekday: number): number {
  return weekday === 1 ? 7 : weekday - 1
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** Monday first, as ISO 8601 counts. */
const WEEKDAYS = [
  { code: 'mon', en: 'Mondays', ar: 'الاثنين' },
  { code: 'tue', en: 'Tuesdays', ar: 'الثلاثاء' },
  { code: 'wed', en: 'Wednesdays', ar: 'الأربعاء' },
  { code: 'thu', en: 'Thursdays', ar: 'الخميس' },
  { code: 'fri', en: 'Fridays', ar: 'الجمعة' },
  { code: 'sat', en: 'Saturdays', ar: 'السبت' },
  { code: 'sun', en: 'Sundays', ar: 'الأحد' },
] as const
