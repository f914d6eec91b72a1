// Dates and hours that contradict themselves, wherever they are given: days that no calendar has, ends before beginnings.
import type { Hours } from './fields.ts'
import { type Problem, problem } from './problem.ts'

/** Dates in the form `YYYY-MM-DD`; `at` is the pointer of the object that holds them. */
export function checkDates({ from, to }: { from?: string; to?: string }, at: string): Problem[] {
  const unreal = [
    ...(from !== undefined && !isRealDate(from) ? [unrealDate(`${at}/from`)] : []),
    ...(to !== undefined && !isRealDate(to) ? [unrealDate(`${at}/to`)] : []),
  ]
  if (unreal.length > 0 || from === undefined || to === undefined || from <= to) return unreal
  return [
    problem(
      `${at}/to`,
      `The last date is before the first: choose ${from} or later`,
      `التاريخ الأخير قبل الأول: اختر ${from} أو بعده`,
    ),
  ]
}

export function checkHours(hours: Hours[] | undefined, at: string): Problem[] {
  return (hours ?? []).flatMap(({ from, to }, index) =>
    from === to
      ? [
          problem(
            `${at}/${index}/to`,
            'From and to are the same time: leave the hours out for the whole day',
            'بداية الفترة ونهايتها وقت واحد: احذف الساعات ليشمل اليوم كله',
          ),
        ]
      : [],
  )
}

/** A date that the calendar has; `2023-02-29` is none. */
export function isRealDate(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

export function unrealDate(pointer: string): Problem {
  return problem(pointer, 'The calendar has no such day: choose another', 'لا يوجد هذا اليوم في التقويم: اختر يومًا آخر')
}
