// The condition on the business date.
import { Type } from 'typebox'
import { checkDates } from '../calendar.ts'
import { dateField } from '../fields.ts'
import { CLOSED, label } from '../label.ts'
import { conditionArgs } from './condition.ts'

export const dates = conditionArgs({
  args: Type.Object(
    {
      from: Type.Optional(
        dateField('Start date', 'تاريخ البداية', 'First business day, included.', 'أول يوم عمل، وهو مشمول.'),
      ),
      to: Type.Optional(
        dateField('End date', 'تاريخ النهاية', 'Last business day, included.', 'آخر يوم عمل، وهو مشمول.'),
      ),
    },
    {
      ...CLOSED,
      minProperties: 1,
      ...label(
        'Dates',
        'التواريخ',
        'Business days of the branch. The first and last day are included.',
        'أيام عمل الفرع، ويشمل ذلك أول يوم وآخر يوم.',
      ),
    },
  ),
  check: checkDates,
})
