// The expiry of a balance: never, some time after earning, on a fixed date, or after the last
// order.
import { type Static, Type } from 'typebox'
import { dateField } from './fields.ts'
import { CLOSED, label } from './label.ts'

const dayCount = Type.Integer({
  minimum: 1,
  maximum: 3660,
  ...label('Days', 'عدد الأيام', 'Number of days.', 'عدد الأيام.'),
})

export const ExpirySchema = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('never') },
      { ...CLOSED, ...label('Never', 'بدون انتهاء', 'The balance never expires.', 'لا تنتهي صلاحية الرصيد.') },
    ),
    Type.Object(
      {
        kind: Type.Literal('after'),
        days: Type.Optional(dayCount),
        months: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 120,
            ...label('Months', 'عدد الأشهر', 'Number of months.', 'عدد الأشهر.'),
          }),
        ),
        month_end: Type.Optional(
          Type.Boolean(
            label(
              'Until the end of the month',
              'حتى نهاية الشهر',
              'Extends the expiry to the end of that month.',
              'يمدّد الصلاحية حتى نهاية ذلك الشهر.',
            ),
          ),
        ),
      },
      {
        ...CLOSED,
        ...label(
          'After earning',
          'بعد الكسب',
          'A number of days or months after the business day of the sale.',
          'عدد من الأيام أو الأشهر بعد يوم عمل البيع.',
        ),
      },
    ),
    Type.Object(
      {
        kind: Type.Literal('fixed'),
        date: dateField(
          'Last day',
          'آخر يوم',
          'The last day on which the balance can be used.',
          'آخر يوم يمكن فيه استخدام الرصيد.',
        ),
      },
      {
        ...CLOSED,
        ...label(
          'On a fixed date',
          'في تاريخ محدد',
          'The whole balance expires at the end of that day.',
          'تنتهي صلاحية الرصيد كله بنهاية ذلك اليوم.',
        ),
      },
    ),
    Type.Object(
      { kind: Type.Literal('sliding'), days: dayCount },
      {
        ...CLOSED,
        ...label(
          'After the last order',
          'بعد آخر طلب',
          "A number of days after the customer's last order.",
          'عدد من الأيام بعد آخر طلب للعميل.',
        ),
      },
    ),
  ],
  {
    'x-discriminator': 'kind',
    ...label(
      'Expiry',
      'انتهاء الصلاحية',
      'When the balance expires, at the end of a day in the time zone of the business.',
      'متى تنتهي صلاحية الرصيد، بنهاية اليوم بتوقيت المنشأة.',
    ),
  },
)

export type Expiry = Static<typeof ExpirySchema>
