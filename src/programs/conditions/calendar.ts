// Conditions on time: business dates, and weekdays and hours of the branch's own clock.
import type { Hours, When } from '../../../contract/program.ts'
import { must } from '../../kernel/assert.ts'
import type { IsoDate } from '../../kernel/clock.ts'
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
  miss: (when: When, { basket }: Moment) => {
    if (!when.dates) return null
    const days = daysOf(when, basket)
    return days.some((day) => isDated(when, day)) ? null : { d: days[0]?.date ?? basket.businessDate }
  },
  explain: {
    en: ({ d = '' }, words) => `not valid on ${words.date(d)}`,
    ar: ({ d = '' }, words) => `غير متاحة بتاريخ ${words.date(d)}`,
  },
} satisfies Condition

export const weekdays = {
  miss: (when: When, { basket }: Moment) =>
    !when.weekdays || daysOf(when, basket).some((day) => isDated(when, day) && includesDay(when, day.weekday))
      ? null
      : { w: basket.local.weekday },
  explain: {
    en: ({ w }) => `not valid on ${WEEKDAYS[(w ?? 1) - 1]?.en}`,
    ar: ({ w }) => `غير متاحة يوم ${WEEKDAYS[(w ?? 1) - 1]?.ar}`,
  },
} satisfies Condition

export const hours = {
  miss: (when: When, { basket: { local } }: Moment) =>
    !when.hours || when.hours.some((window) => isWithin(window, local.minute)) ? null : { h: clockText(local.minute) },
  explain: {
    en: ({ h }) => `not valid at ${h}`,
    ar: ({ h }) => `غير متاحة الساعة ${h}`,
  },
} satisfies Condition

/**
 * A day that an order may count for: its business date, and the weekday on which the hours began.
 */
interface Day {
  date: IsoDate
  weekday: number
}

/**
 * The days that an order counts for: those on which the hours that hold it began, as hours over
 * midnight belong to that day, for dates and weekdays. Its own day where the rule has no hours, or
 * none that hold it.
 */
function daysOf({ hours }: When, { businessDate, local }: Moment['basket']): Day[] {
  const own = { date: businessDate, weekday: local.weekday }
  const within = (hours ?? []).filter((window) => isWithin(window, local.minute))
  if (within.length === 0) return [own]
  return within.map((window) => (isTail(window, local.minute) ? eve(own) : own))
}

/**
 * The day before. A business date that is the day before already stays: the branch's day had not
 * ended either.
 */
function eve({ date, weekday }: Day): Day {
  const day = Temporal.PlainDate.from(date)
  const began = day.dayOfWeek === weekday ? day.subtract({ days: 1 }) : day
  return { date: began.toString(), weekday: weekday === 1 ? 7 : weekday - 1 }
}

function isWithin(window: Hours, minute: number): boolean {
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)]
  return from < to ? from <= minute && minute < to : minute >= from || minute < to
}

/** The part after midnight of hours that pass midnight. */
function isTail({ from, to }: Hours, minute: number): boolean {
  return minuteOf(to) <= minuteOf(from) && minute < minuteOf(to)
}

function isDated({ dates: { from = '', to = '9999-12-31' } = {} }: When, { date }: Day): boolean {
  return from <= date && date <= to
}

function includesDay({ weekdays }: When, weekday: number): boolean {
  return !weekdays || weekdays.includes(must(WEEKDAYS[weekday - 1], 'weekday').code)
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
