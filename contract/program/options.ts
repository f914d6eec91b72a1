// The options of a program that earns: how rules combine, rounding, caps, pending time, expiry and debt.
import { type Static, Type } from 'typebox'
import { DEFAULTS } from './defaults.ts'
import { dateField } from './fields.ts'
import { CLOSED, choice, label } from './label.ts'

const units = (title: string, titleAr: string, description: string) =>
  Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, ...label(title, titleAr, description) })

const CapsSchema = Type.Object(
  {
    per_order: Type.Optional(units('Per order', 'لكل طلب', 'Maximum for one order.')),
    per_customer: Type.Optional(
      Type.Object(
        {
          day: Type.Optional(units('Per day', 'في اليوم', 'Maximum per business day.')),
          week: Type.Optional(units('Per week', 'في الأسبوع', 'Maximum per week, Sunday to Saturday.')),
          month: Type.Optional(units('Per month', 'في الشهر', 'Maximum per calendar month.')),
        },
        {
          ...CLOSED,
          minProperties: 1,
          ...label('Per customer', 'لكل عميل', 'Maximum for one customer in a day, week or month.'),
        },
      ),
    ),
    budget: Type.Optional(units('Budget', 'ميزانية البرنامج', 'Maximum for all customers together.')),
  },
  {
    ...CLOSED,
    minProperties: 1,
    ...label('Limits', 'الحدود القصوى', 'A limit reduces what is earned. It never rejects an order.'),
  },
)

const dayCount = Type.Integer({ minimum: 1, maximum: 3660, ...label('Days', 'عدد الأيام', 'Number of days.') })

const ExpirySchema = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('never') },
      { ...CLOSED, ...label('Never', 'بدون انتهاء', 'The balance never expires.') },
    ),
    Type.Object(
      {
        kind: Type.Literal('after'),
        days: Type.Optional(dayCount),
        months: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 120, ...label('Months', 'عدد الأشهر', 'Number of months.') }),
        ),
        month_end: Type.Optional(
          Type.Boolean(
            label('Until the end of the month', 'حتى نهاية الشهر', 'Extends the expiry to the end of that month.'),
          ),
        ),
      },
      {
        ...CLOSED,
        ...label('After earning', 'بعد الكسب', 'A number of days or months after the business day of the sale.'),
      },
    ),
    Type.Object(
      {
        kind: Type.Literal('fixed'),
        date: dateField('Last day', 'آخر يوم', 'The last day on which the balance can be used.'),
      },
      { ...CLOSED, ...label('On a fixed date', 'في تاريخ محدد', 'The whole balance expires at the end of that day.') },
    ),
    Type.Object(
      { kind: Type.Literal('sliding'), days: dayCount },
      {
        ...CLOSED,
        ...label('After the last order', 'بعد آخر طلب', "A number of days after the customer's last order."),
      },
    ),
  ],
  {
    'x-discriminator': 'kind',
    ...label(
      'Expiry',
      'انتهاء الصلاحية',
      'When the balance expires, at the end of a day in the time zone of the business.',
    ),
  },
)

const CombineSchema = choice(
  {
    sum: ['All rules together', 'مجموع القواعد'],
    best: ['The best rule', 'أفضل قاعدة'],
    first: ['The first rule that applies', 'أول قاعدة منطبقة'],
  },
  label('Combine', 'الجمع بين القواعد', 'What is earned when several rules apply. Multipliers apply to the result.'),
)

export const debtField = Type.Optional(
  choice(
    {
      allow: ['Allow a negative balance', 'السماح برصيد سالب'],
      clamp: ['Write off the difference', 'شطب الفرق'],
    },
    {
      default: DEFAULTS.debt,
      ...label(
        'Negative balance',
        'الرصيد السالب',
        'What happens when a return deducts more than the customer has left.',
      ),
    },
  ),
)

/** The options of points, stamps and cashback alike. */
export const optionFields = {
  combine: Type.Optional(Type.Unsafe<Combine>({ ...CombineSchema, default: DEFAULTS.combine })),
  base: Type.Optional(
    Type.Object(
      {
        tax: choice(
          { included: ['Tax included', 'شامل الضريبة'], excluded: ['Tax excluded', 'بدون الضريبة'] },
          label('Tax', 'الضريبة', 'Whether amounts include tax.'),
        ),
      },
      {
        ...CLOSED,
        default: DEFAULTS.base,
        ...label('Amount basis', 'أساس الاحتساب', 'Which amount counts. It is always after all discounts.'),
      },
    ),
  ),
  rounding: Type.Optional(
    choice(
      {
        floor: ['Drop the fraction', 'حذف الكسر'],
        carry: ['Carry it over to the next order', 'ترحيل الكسر إلى الطلب التالي'],
      },
      {
        default: DEFAULTS.rounding,
        ...label('Rounding', 'التقريب', 'What happens to a fraction of a point, once per order.'),
      },
    ),
  ),
  caps: Type.Optional(CapsSchema),
  pending_days: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 365,
      default: DEFAULTS.pending_days,
      ...label(
        'Pending days',
        'مدة التعليق (بالأيام)',
        'The balance becomes available this many days after the business day of the sale.',
      ),
    }),
  ),
  expiry: Type.Optional(Type.Unsafe<Expiry>({ ...ExpirySchema, default: DEFAULTS.expiry })),
  debt: debtField,
}

export type Combine = Static<typeof CombineSchema>
export type Expiry = Static<typeof ExpirySchema>
