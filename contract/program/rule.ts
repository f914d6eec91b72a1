// One rule of a program: when it holds, which goods it sees and what it gives.
import { type Static, Type } from 'typebox'
import {
  BranchesSchema,
  CategoriesSchema,
  dateField,
  filterOf,
  HoursSchema,
  listOf,
  NameSchema,
  ProductsSchema,
} from './fields.ts'
import { CLOSED, choice, label } from './label.ts'

const OrderTypeSchema = choice(
  {
    dine_in: ['Dine in', 'محلي'],
    pick_up: ['Pick up', 'استلام'],
    delivery: ['Delivery', 'توصيل'],
    drive_thru: ['Drive-through', 'طلبات السيارات'],
    other: ['Other', 'أخرى'],
  },
  label('Order type', 'نوع الطلب', 'How the goods reach the customer.'),
)

const ChannelSchema = choice(
  {
    cashier: ['Cashier', 'الكاشير'],
    api: ['Online', 'إلكتروني'],
    call_center: ['Call centre', 'مركز الاتصال'],
    other: ['Other', 'أخرى'],
  },
  label('Channel', 'القناة', 'Where the order was taken.'),
)

const PaymentKindSchema = choice(
  {
    cash: ['Cash', 'نقد'],
    card: ['Card', 'بطاقة'],
    gift_card: ['Gift card', 'بطاقة هدية'],
    house_account: ['House account', 'حساب آجل'],
    loyalty: ['Loyalty', 'ولاء'],
    other: ['Other', 'أخرى'],
  },
  label('Payment', 'طريقة الدفع', 'Kind of payment.'),
)

export const WeekdaySchema = choice(
  {
    mon: ['Monday', 'الاثنين'],
    tue: ['Tuesday', 'الثلاثاء'],
    wed: ['Wednesday', 'الأربعاء'],
    thu: ['Thursday', 'الخميس'],
    fri: ['Friday', 'الجمعة'],
    sat: ['Saturday', 'السبت'],
    sun: ['Sunday', 'الأحد'],
  },
  label('Day', 'اليوم', 'Day of the week.'),
)

const days = (title: string, titleAr: string, description: string) =>
  Type.Integer({ minimum: 0, maximum: 90, ...label(title, titleAr, description) })

const WhenSchema = Type.Object(
  {
    order_types: Type.Optional(listOf(OrderTypeSchema, label('Order types', 'أنواع الطلب', 'Only these order types.'))),
    channels: Type.Optional(listOf(ChannelSchema, label('Channels', 'القنوات', 'Only orders taken here.'))),
    branches: Type.Optional(BranchesSchema),
    weekdays: Type.Optional(listOf(WeekdaySchema, label('Weekdays', 'أيام الأسبوع', 'Local days of the branch.'))),
    hours: Type.Optional(HoursSchema),
    dates: Type.Optional(
      Type.Object(
        {
          from: Type.Optional(dateField('From', 'من', 'First business date.')),
          to: Type.Optional(dateField('To', 'إلى', 'Last business date, included.')),
        },
        {
          ...CLOSED,
          minProperties: 1,
          ...label('Dates', 'التواريخ', 'Business dates of the branch, both ends included.'),
        },
      ),
    ),
    minimum_amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        ...label('Minimum amount', 'الحد الأدنى للمبلغ', 'Least amount of the goods that this rule sees.', 'money'),
      }),
    ),
    products: Type.Optional(ProductsSchema),
    categories: Type.Optional(CategoriesSchema),
    first_order: Type.Optional(
      Type.Literal(true, label('First order', 'أول طلب', "Only the customer's first paid order.")),
    ),
    birthday: Type.Optional(
      Type.Object(
        {
          days_before: days('Days before', 'الأيام قبله', 'How many days before the birthday the window opens.'),
          days_after: days('Days after', 'الأيام بعده', 'How many days after the birthday it closes.'),
        },
        { ...CLOSED, ...label('Birthday', 'يوم الميلاد', "Around the customer's birthday, by business date.") },
      ),
    ),
    payments: Type.Optional(
      filterOf(
        PaymentKindSchema,
        label(
          'Payments',
          'طرق الدفع',
          'Paid at least in part with one of the included kinds, and with none of the excluded.',
        ),
      ),
    ),
  },
  { ...CLOSED, ...label('When', 'متى', 'All conditions that are given must hold; none means always.') },
)

const unitsGiven = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  ...label('Units', 'الوحدات', 'What is given: points or stamps; minor units of the currency for cashback.'),
})

const factor = (title: string, titleAr: string) =>
  Type.Integer({
    minimum: 1,
    maximum: 1000,
    ...label(title, titleAr, 'Part of the factor: 3 and 2 make one and a half times.'),
  })

const EarnSchema = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal('per_amount'),
        units: unitsGiven,
        per: Type.Integer({
          minimum: 1,
          maximum: 1_000_000_000,
          ...label('Per amount', 'لكل مبلغ', 'For every so much spent, in proportion: 100 is 1.00.', 'money'),
        }),
      },
      { ...CLOSED, ...label('Per amount', 'حسب المبلغ', 'So many units for every so much spent.') },
    ),
    Type.Object(
      { kind: Type.Literal('per_item'), units: unitsGiven },
      { ...CLOSED, ...label('Per item', 'حسب القطعة', 'So many units for every piece; weighed goods in proportion.') },
    ),
    Type.Object(
      { kind: Type.Literal('per_order'), units: unitsGiven },
      { ...CLOSED, ...label('Per order', 'لكل طلب', 'So many units for the order, once.') },
    ),
    Type.Object(
      {
        kind: Type.Literal('percent'),
        basis_points: Type.Integer({
          minimum: 1,
          maximum: 10_000,
          ...label('Percent', 'النسبة', 'Share of the amount in hundredths of a percent: 500 is 5 %.', 'basis_points'),
        }),
      },
      { ...CLOSED, ...label('Percent', 'نسبة مئوية', 'A share of the amount, as cashback.') },
    ),
    Type.Object(
      { kind: Type.Literal('multiplier'), numerator: factor('Times', 'ضرب'), denominator: factor('Divided by', 'على') },
      { ...CLOSED, ...label('Multiplier', 'مضاعف', 'Multiplies what the other rules gave together.') },
    ),
  ],
  { 'x-discriminator': 'kind', ...label('Earn', 'المكافأة', 'What the rule gives.') },
)

export const RuleSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9_-]{0,39}$',
      'x-form': 'a-z 0-9 _ -',
      ...label(
        'Id',
        'المعرّف',
        'Short name in lower case, unique in the program; every movement names the rules it came from.',
      ),
    }),
    name: Type.Optional(NameSchema),
    when: Type.Optional(WhenSchema),
    earn: EarnSchema,
  },
  { ...CLOSED, ...label('Rule', 'القاعدة', 'When it holds and what it gives.') },
)

export type Rule = Static<typeof RuleSchema>
export type When = Static<typeof WhenSchema>
export type Earn = Static<typeof EarnSchema>
export type EarnKind = Earn['kind']
