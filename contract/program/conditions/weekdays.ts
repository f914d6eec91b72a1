// The condition on the day of the week.
import { WeekdaysSchema } from '../fields.ts'
import type { ConditionArgs } from './condition.ts'

export const weekdays = { args: WeekdaysSchema } satisfies ConditionArgs
