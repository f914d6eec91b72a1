// Dates, weekdays and hours of the branch's own clock, for conditions and for the terms of rewards.
// Hours that pass midnight belong to the day on which they begin.
import type { Hours, When } from '../../../contract/program.ts'
import { must } from '../../kernel/assert.ts'
import type { IsoDate } from '../../kernel/clock.ts'
import type { Basket } from '../basket.ts'

type Calendar = Pick<When, 'dates' | 'weekdays' | 'hours'>
type LocalTime = Pick<Basket, 'businessDate' | 'local'>

/** What conditions on time look at. */
export interface Moment {
  basket: LocalTime
}

/** Whether dates, weekdays and hours all hold. */
export function isWithinCalendar(when: Calendar, { basket }: Moment): boolean {
  return isOnDates(when, basket) && isOnWeekdays(when, basket) && isInHours(when, basket)
}

export function isOnDates(when: Calendar, time: LocalTime): boolean {
  return !when.dates || daysOf(when, time).some((day) => isDated(when, day))
}

/** The same day must be one of the dates. */
export function isOnWeekdays(when: Calendar, time: LocalTime): boolean {
  return !when.weekdays || daysOf(when, time).some((day) => isDated(when, day) && includesDay(when, day.weekday))
}

export function isInHours({ hours }: Calendar, { local }: LocalTime): boolean {
  return !hours || hours.some((window) => isWithin(window, local.minute))
}

/** The first day that the time counts for. */
export function dayOf(when: Calendar, time: LocalTime): IsoDate {
  return daysOf(when, time)[0]?.date ?? time.businessDate
}

/** `weekday` counts from Monday, 1. */
export function weekdayNames(weekday: number): { en: string; ar: string } {
  return must(WEEKDAYS[weekday - 1], 'weekday')
}

interface Day {
  date: IsoDate
  weekday: number
}

/**
 * The days that the time counts for: for each of the hours that contain it, the day on which they
 * begin; the time's own day where there are no hours or none contain it.
 */
function daysOf({ hours }: Calendar, { businessDate, local }: LocalTime): Day[] {
  const own = { date: businessDate, weekday: local.weekday }
  const within = (hours ?? []).filter((window) => isWithin(window, local.minute))
  if (within.length === 0) return [own]
  return within.map((window) => (isTail(window, local.minute) ? dayBefore(own) : own))
}

/** A business date that is already the day before stays: the branch's day has not ended yet. */
function dayBefore({ date, weekday }: Day): Day {
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

function isDated({ dates: { from = '', to = '9999-12-31' } = {} }: Calendar, { date }: Day): boolean {
  return from <= date && date <= to
}

function includesDay({ weekdays }: Calendar, weekday: number): boolean {
  return !weekdays || weekdays.includes(must(WEEKDAYS[weekday - 1], 'weekday').code)
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** Monday first, as in ISO 8601. */
const WEEKDAYS = [
  { code: 'mon', en: 'Mondays', ar: 'الاثنين' },
  { code: 'tue', en: 'Tuesdays', ar: 'الثلاثاء' },
  { code: 'wed', en: 'Wednesdays', ar: 'الأربعاء' },
  { code: 'thu', en: 'Thursdays', ar: 'الخميس' },
  { code: 'fri', en: 'Fridays', ar: 'الجمعة' },
  { code: 'sat', en: 'Saturdays', ar: 'السبت' },
  { code: 'sun', en: 'Sundays', ar: 'الأحد' },
] as const
