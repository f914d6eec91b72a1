// The condition that the order falls near the customer's birthday.
import { Type } from 'typebox'
import { CLOSED, label } from '../label.ts'
import type { ConditionArgs } from './condition.ts'

const days = (title: string, titleAr: string, description: string, descriptionAr: string) =>
  Type.Integer({ minimum: 0, maximum: 90, ...label(title, titleAr, description, descriptionAr) })

export const birthday = {
  args: Type.Object(
    {
      days_before: days(
        'Days before',
        'عدد الأيام قبله',
        'Number of days before the birthday.',
        'عدد الأيام قبل يوم الميلاد.',
      ),
      days_after: days(
        'Days after',
        'عدد الأيام بعده',
        'Number of days after the birthday.',
        'عدد الأيام بعد يوم الميلاد.',
      ),
    },
    {
      ...CLOSED,
      ...label(
        'Birthday',
        'يوم الميلاد',
        "Only around the customer's birthday, by business day.",
        'حول يوم ميلاد العميل فقط، حسب يوم العمل.',
      ),
    },
  ),
} satisfies ConditionArgs
