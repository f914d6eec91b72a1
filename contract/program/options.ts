// The options of a program that earns: how rules combine, rounding, caps, pending time, expiry and debt.
import { type Static, Type } from 'typebox'
import { DEFAULTS } from './defaults.ts'
import { dateField } from './fields.ts'
import { CLOSED, choice, label } from './label.ts'

const units = (title: string, titleAr: string, description: string) =>
  Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, ...label(title, titleAr, description) })

const CapsSchema = Type.Object(
  {
    per_order: Type.Optional(units('Per order', 'لكل طلب', 'Most that one order gives.')),
    per_customer: Type.Optional(
      Type.Object(
        {
          day: Type.Optional(units('Per day', 'في اليوم', 'Most in one business date.')),
          week: Type.Optional(units('Per week', 'في الأسبوع', 'Most from Sunday to Saturday.')),
          month: Type.Optional(units('Per month', 'في الشهر', 'Most in one calendar month.')),
        },
        { ...CLOSED, minProperties: 1, ...label('Per customer', 'لكل عميل', 'Most that one customer gets in a time.') },
      ),
    ),
    budget: Type.Optional(units('Budget', 'الميزانية', 'Most that the whole program gives to all customers.')),
  },
  { ...CLOSED, minProperties: 1, ...label('Caps', 'الحدود', 'A cap trims what is given; it never refuses an order.') },
)

const dayCount = Type.Integer({ minimum: 1, maximum: 3660, ...label('Days', 'الأيام', 'How many days.') })

const ExpirySchema = Type.Union(
  [
    Type.Object(
      { kind: Type.Literal('never') },
      { ...CLOSED, ...label('Never', 'لا تنتهي', 'What was earned stays.') },
    ),
    Type.Object(
      {
        kind: Type.Literal('after'),
        days: Type.Optional(dayCount),
        months: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 120, ...label('Months', 'الأشهر', 'How many months.') }),
        ),
        month_end: Type.Optional(
          Type.Boolean(
            label("At month's end", 'نهاية الشهر', 'Stays until the end of the month in which it would expire.'),
          ),
        ),
      },
      {
        ...CLOSED,
        ...label('After earning', 'بعد الكسب', 'So many days, or so many months, after the business date of the sale.'),
      },
    ),
    Type.Object(
      { kind: Type.Literal('fixed'), date: dateField('Last day', 'آخر يوم', 'The last day on which units are good.') },
      { ...CLOSED, ...label('On a date', 'في تاريخ', 'All units expire at the end of one day.') },
    ),
    Type.Object(
      { kind: Type.Literal('sliding'), days: dayCount },
      { ...CLOSED, ...label('After the last order', 'بعد آخر طلب', "So many days after the customer's last order.") },
    ),
  ],
  {
    'x-discriminator': 'kind',
    ...label('Expiry', 'انتهاء الصلاحية', 'When units expire: at the end of a day where the business is.'),
  },
)

const CombineSchema = choice(
  {
    sum: ['All rules together', 'مجموع القواعد'],
    best: ['The best rule', 'أفضل قاعدة'],
    first: ['The first rule that gives anything', 'أول قاعدة تمنح شيئًا'],
  },
  label('Combine', 'الجمع بين القواعد', 'What counts when several rules hold; multipliers apply to the result.'),
)

export const debtField = Type.Optional(
  choice(
    {
      allow: ['Balance may fall below 0', 'يُسمح بالرصيد السالب'],
      clamp: ['Shortfall is written off', 'يُشطب النقص'],
    },
    {
      default: DEFAULTS.debt,
      ...label('Debt', 'الرصيد السالب', 'What happens when a return takes back more units than are left.'),
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
          label('Tax', 'الضريبة', 'Whether amounts count with their tax.'),
        ),
      },
      {
        ...CLOSED,
        default: DEFAULTS.base,
        ...label('Base', 'أساس المبلغ', 'What an amount is, always after all discounts.'),
      },
    ),
  ),
  rounding: Type.Optional(
    choice(
      { floor: ['Drop the fraction', 'إسقاط الكسر'], carry: ['Carry it to the next order', 'ترحيله للطلب التالي'] },
      {
        default: DEFAULTS.rounding,
        ...label('Rounding', 'التقريب', 'What happens to a part of a unit, once per order.'),
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
        'أيام الانتظار',
        'Units can be spent from the start of this many days after the business date.',
      ),
    }),
  ),
  expiry: Type.Optional(Type.Unsafe<Expiry>({ ...ExpirySchema, default: DEFAULTS.expiry })),
  debt: debtField,
}

export type Combine = Static<typeof CombineSchema>
export type Expiry = Static<typeof ExpirySchema>
