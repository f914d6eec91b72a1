// The condition on the business date.
import { checkDates } from '../calendar.ts'
import { datesField } from '../fields.ts'
import { conditionArgs } from './condition.ts'

export const dates = conditionArgs({
  args: datesField(
    'Business days of the branch. The first and last day are included.',
    'أيام عمل الفرع، ويشمل ذلك أول يوم وآخر يوم.',
  ),
  check: checkDates,
})
