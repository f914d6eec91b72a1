// Checks of dates and hours: dates that do not exist, ends before starts.

import { type FieldError, fieldError } from '../field-error.ts'
import type { Hours } from './fields.ts'

/** Dates have the form `YYYY-MM-DD`; `at` is the pointer of their object. */
export function checkDates({ from, to }: { from?: string; to?: string }, at: string): FieldError[] {
  const unreal = [
    ...(from !== undefined && !isRealDate(from) ? [unrealDate(`${at}/from`)] : []),
    ...(to !== undefined && !isRealDate(to) ? [unrealDate(`${at}/to`)] : []),
  ]
  if (unreal.length > 0 || from === undefined || to === undefined || from <= to) return unreal
  return [
    fieldError(
      `${at}/to`,
      `The end date is before the start date: choose ${from} or later`,
      `تاريخ النهاية قبل تاريخ البداية: اختر ${from} أو تاريخًا بعده`,
    ),
  ]
}

export function checkHours(hours: Hours[] | undefined, at: string): FieldError[] {
  return (hours ?? []).flatMap(({ from, to }, index) =>
    from === to
      ? [
          fieldError(
            `${at}/${index}/to`,
            'The start and end times are the same: omit the hours to include the whole day',
            'وقت البداية هو نفسه وقت النهاية: احذف الساعات لتشمل القاعدة اليوم كله',
          ),
        ]
      : [],
  )
}

/** Whether the date exists; `2023-02-29` and dates of the year 0 do not. */
export function isRealDate(text: string): boolean {
  if (text.startsWith('0000')) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

export function unrealDate(pointer: string): FieldError {
  return fieldError(pointer, 'This date does not exist: choose another date', 'هذا التاريخ غير موجود: اختر تاريخًا آخر')
}
