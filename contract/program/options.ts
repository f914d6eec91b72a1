// The options of an earning program: how rules combine, rounding, caps, pending time, expiry and
// debt.
import { type Static, Type } from 'typebox'
import { DEFAULTS } from './defaults.ts'
import { dateField } from './fields.ts'
import { CLOSED, choice, label } from './label.ts'

const units = (title: string, titleAr: string, description: string, descriptionAr: string) =>
  Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, ...label(title, titleAr, description, descriptionAr) })

const CapsSchema = Type.Object(
  {
    per_order: Type.Optional(units('Per order', 'لكل طلب', 'Maximum for one order.', 'الحد الأقصى للطلب الواحد.')),
    per_customer: Type.Optional(
      Type.Object(
        {
          day: Type.Optional(
            units('Per day', 'في اليوم', 'Maximum per business day.', 'الحد الأقصى ليوم العمل الواحد.'),
          ),
          week: Type.Optional(
            units(
              'Per week',
              'في الأسبوع',
              'Maximum per week, Sunday to Saturday.',
              'الحد الأقصى للأسبوع، من الأحد إلى السبت.',
            ),
          ),
          month: Type.Optional(
            units('Per month', 'في الشهر', 'Maximum per calendar month.', 'الحد الأقصى للشهر الميلادي.'),
          ),
        },
        {
          ...CLOSED,
          minProperties: 1,
          ...label(
            'Per customer',
            'لكل عميل',
            'Maximum for one customer in a day, week or month.',
            'الحد الأقصى للعميل الواحد في اليوم أو الأسبوع أو الشهر.',
          ),
        },
      ),
    ),
    budget: Type.Optional(
      units('Budget', 'ميزانية البرنامج', 'Maximum for all customers together.', 'الحد الأقصى لجميع العملاء معًا.'),
    ),
  },
  {
    ...CLOSED,
    minProperties: 1,
    ...label(
      'Limits',
      'الحدود القصوى',
      'A limit reduces what is earned. It never rejects an order.',
      'الحد يقلل ما يكسبه العميل، ولا يرفض الطلب أبدًا.',
    ),
  },
)

const dayCount = Type.Integer({
  minimum: 1,
  maximum: 3660,
  ...label('Days', 'عدد الأيام', 'Number of days.', 'عدد الأيام.'),
})

const ExpirySchema = Type.Union(
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

const CombineSchema = choice(
  {
    sum: ['All rules together', 'مجموع القواعد'],
    best: ['The best rule', 'أفضل قاعدة'],
    first: ['The first rule that applies', 'أول قاعدة منطبقة'],
  },
  label(
    'Combine',
    'الجمع بين القواعد',
    'What is earned when several rules apply. Multipliers apply to the result.',
    'ما يُكسب عند انطباق أكثر من قاعدة. تُطبَّق المضاعفات على الناتج.',
  ),
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
        'ما يحدث عندما يخصم الإرجاع أكثر من المتبقي في رصيد العميل.',
      ),
    },
  ),
)

/**
 * The schema has no default: it depends on the rules and the currency (src/programs/ceiling.ts) and
 * is stored with a version.
 */
export const ceilingField = Type.Optional(
  units(
    'Ceiling per order',
    'سقف الطلب الواحد',
    'Units that one order gives at once. Units above it wait until staff release or reject them. By default, what an order of about 10,000 SAR with 100 items earns, or 10 plans.',
    'ما يمنحه الطلب الواحد مباشرةً. ما زاد عليه ينتظر قبول الموظف أو رفضه. القيمة الافتراضية: ما يمنحه طلب بنحو 10,000 ريال فيه 100 منتج، أو 10 باقات.',
  ),
)

/** The common options of points, stamps and cashback. */
export const optionFields = {
  combine: Type.Optional(Type.Unsafe<Combine>({ ...CombineSchema, default: DEFAULTS.combine })),
  base: Type.Optional(
    Type.Object(
      {
        tax: choice(
          { included: ['Tax included', 'شامل الضريبة'], excluded: ['Tax excluded', 'بدون الضريبة'] },
          label('Tax', 'الضريبة', 'Whether amounts include tax.', 'هل تشمل المبالغ الضريبة.'),
        ),
      },
      {
        ...CLOSED,
        default: DEFAULTS.base,
        ...label(
          'Amount basis',
          'أساس الاحتساب',
          'Which amount counts. It is always after all discounts.',
          'المبلغ الذي يُحتسب، ويكون دائمًا بعد جميع الخصومات.',
        ),
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
        ...label(
          'Rounding',
          'التقريب',
          'What happens to a fraction of a point, once per order.',
          'ما يحدث لكسر النقطة، مرة واحدة لكل طلب.',
        ),
      },
    ),
  ),
  caps: Type.Optional(CapsSchema),
  order_ceiling: ceilingField,
  pending_days: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 365,
      default: DEFAULTS.pending_days,
      ...label(
        'Pending days',
        'مدة التعليق (بالأيام)',
        'The balance becomes available this many days after the business day of the sale.',
        'يصبح الرصيد متاحًا بعد هذا العدد من الأيام من يوم عمل البيع.',
      ),
    }),
  ),
  expiry: Type.Optional(Type.Unsafe<Expiry>({ ...ExpirySchema, default: DEFAULTS.expiry })),
  debt: debtField,
}

export type Combine = Static<typeof CombineSchema>
export type Expiry = Static<typeof ExpirySchema>
