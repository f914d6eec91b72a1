// The condition on the time of day.
import { checkHours } from '../calendar.ts'
import { HoursSchema } from '../fields.ts'
import { conditionArgs } from './condition.ts'

export const hours = conditionArgs({ args: HoursSchema, check: checkHours })
