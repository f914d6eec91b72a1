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
    dine_in: ['Dine-in', 'محلي'],
    pick_up: ['Pickup', 'استلام'],
    delivery: ['Delivery', 'توصيل'],
    drive_thru: ['Drive-through', 'طلبات السيارات'],
    other: ['Other', 'أخرى'],
  },
  label('Order type', 'نوع الطلب', 'How the customer receives the order.'),
)

const ChannelSchema = choice(
  {
    cashier: ['Cashier', 'الكاشير'],
    api: ['Online', 'إلكتروني'],
    call_center: ['Call center', 'مركز الاتصال'],
    other: ['Other', 'أخرى'],
  },
  label('Channel', 'القناة', 'Where the order was taken.'),
)

const PaymentKindSchema = choice(
  {
    cash: ['Cash', 'نقدي'],
    card: ['Card', 'بطاقة'],
    gift_card: ['Gift card', 'بطاقة هدية'],
    house_account: ['House account', 'حساب آجل'],
    loyalty: ['Loyalty', 'رصيد الولاء'],
    other: ['Other', 'أخرى'],
  },
  label('Payment method', 'طريقة الدفع', 'Type of payment.'),
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
    channels: Type.Optional(listOf(ChannelSchema, label('Channels', 'القنوات', 'Only orders from these channels.'))),
    branches: Type.Optional(BranchesSchema),
    weekdays: Type.Optional(
      listOf(WeekdaySchema, label('Weekdays', 'أيام الأسبوع', 'Days in the local time of the branch.')),
    ),
    hours: Type.Optional(HoursSchema),
    dates: Type.Optional(
      Type.Object(
        {
          from: Type.Optional(dateField('Start date', 'تاريخ البداية', 'First business day, included.')),
          to: Type.Optional(dateField('End date', 'تاريخ النهاية', 'Last business day, included.')),
        },
        {
          ...CLOSED,
          minProperties: 1,
          ...label('Dates', 'التواريخ', 'Business days of the branch. The first and last day are included.'),
        },
      ),
    ),
    minimum_amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        ...label(
          'Minimum amount',
          'الحد الأدنى للمبلغ',
          'Minimum total of the products that the rule applies to.',
          'money',
        ),
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
          days_before: days('Days before', 'عدد الأيام قبله', 'Number of days before the birthday.'),
          days_after: days('Days after', 'عدد الأيام بعده', 'Number of days after the birthday.'),
        },
        { ...CLOSED, ...label('Birthday', 'يوم الميلاد', "Only around the customer's birthday, by business day.") },
      ),
    ),
    payments: Type.Optional(
      filterOf(
        PaymentKindSchema,
        label('Payments', 'طرق الدفع', 'At least one payment uses an included method, and none uses an excluded one.'),
      ),
    ),
  },
  {
    ...CLOSED,
    ...label('Conditions', 'الشروط', 'All conditions must be met. Without conditions, the rule always applies.'),
  },
)

const unitsGiven = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  ...label('Units', 'العدد', 'Number of points or stamps. For cashback, minor units of the currency.'),
})

const factor = (title: string, titleAr: string) =>
  Type.Integer({
    minimum: 1,
    maximum: 1000,
    ...label(title, titleAr, 'Part of the multiplier. For example, 3 and 2 give 1.5 times.'),
  })

const StepSchema = choice(
  {
    proportional: ['In proportion', 'بالتناسب مع المبلغ'],
    order: ['Per full amount in the order', 'لكل مبلغ مكتمل في الطلب'],
    line: ['Per full amount in each line', 'لكل مبلغ مكتمل في كل بند'],
  },
  label(
    'Partial amounts',
    'المبالغ غير المكتملة',
    'Whether a part of the amount earns. `proportional`: every part earns its share. `order`: only full amounts in the total. `line`: only full amounts in each line of the order.',
  ),
)

type Step = Static<typeof StepSchema>

const EarnSchema = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Literal('per_amount'),
        units: unitsGiven,
        per: Type.Integer({
          minimum: 1,
          maximum: 1_000_000_000,
          ...label('Amount', 'المبلغ', 'Amount that earns the units, in minor units: 100 is 1.00.', 'money'),
        }),
        step: Type.Optional(Type.Unsafe<Step>({ ...StepSchema, default: 'proportional' })),
      },
      { ...CLOSED, ...label('Per amount', 'حسب المبلغ', 'A number of units for each amount spent.') },
    ),
    Type.Object(
      { kind: Type.Literal('per_item'), units: unitsGiven },
      {
        ...CLOSED,
        ...label('Per item', 'حسب القطعة', 'A number of units for each item. Items sold by weight earn in proportion.'),
      },
    ),
    Type.Object(
      { kind: Type.Literal('per_order'), units: unitsGiven },
      { ...CLOSED, ...label('Per order', 'حسب الطلب', 'A number of units once per order.') },
    ),
    Type.Object(
      {
        kind: Type.Literal('percent'),
        basis_points: Type.Integer({
          minimum: 1,
          maximum: 10_000,
          ...label('Percent', 'النسبة', 'Share of the amount in hundredths of a percent: 500 is 5%.', 'basis_points'),
        }),
      },
      { ...CLOSED, ...label('Percentage', 'نسبة مئوية', 'A share of the amount as cashback.') },
    ),
    Type.Object(
      {
        kind: Type.Literal('multiplier'),
        numerator: factor('Multiply by', 'اضرب في'),
        denominator: factor('Divide by', 'اقسم على'),
      },
      { ...CLOSED, ...label('Multiplier', 'مضاعف', 'Multiplies the total of the other rules.') },
    ),
  ],
  { 'x-discriminator': 'kind', ...label('Earning', 'طريقة الكسب', 'What the customer earns.') },
)

export const RuleSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9_-]{0,39}$',
      'x-form': 'a-z 0-9 _ -',
      ...label('Id', 'المعرّف', 'Short lower-case name, unique in the program. Movements refer to rules by it.'),
    }),
    name: Type.Optional(NameSchema),
    when: Type.Optional(WhenSchema),
    earn: EarnSchema,
  },
  { ...CLOSED, ...label('Rule', 'القاعدة', 'When the rule applies and what it earns.') },
)

export type Rule = Static<typeof RuleSchema>
export type When = Static<typeof WhenSchema>
export type Earn = Static<typeof EarnSchema>
export type EarnKind = Earn['kind']
