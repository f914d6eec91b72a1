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
  label('Order type', 'نوع الطلب', 'How the customer receives the order.', 'طريقة استلام العميل للطلب.'),
)

const ChannelSchema = choice(
  {
    cashier: ['Cashier', 'الكاشير'],
    api: ['Online', 'إلكتروني'],
    call_center: ['Call center', 'مركز الاتصال'],
    other: ['Other', 'أخرى'],
  },
  label('Channel', 'القناة', 'Where the order was taken.', 'القناة التي سُجّل منها الطلب.'),
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
  label('Payment method', 'طريقة الدفع', 'Type of payment.', 'نوع الدفع.'),
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
  label('Day', 'اليوم', 'Day of the week.', 'يوم من أيام الأسبوع.'),
)

const days = (title: string, titleAr: string, description: string, descriptionAr: string) =>
  Type.Integer({ minimum: 0, maximum: 90, ...label(title, titleAr, description, descriptionAr) })

const WhenSchema = Type.Object(
  {
    order_types: Type.Optional(
      listOf(OrderTypeSchema, label('Order types', 'أنواع الطلب', 'Only these order types.', 'أنواع الطلب هذه فقط.')),
    ),
    channels: Type.Optional(
      listOf(
        ChannelSchema,
        label('Channels', 'القنوات', 'Only orders from these channels.', 'الطلبات من هذه القنوات فقط.'),
      ),
    ),
    branches: Type.Optional(BranchesSchema),
    weekdays: Type.Optional(
      listOf(
        WeekdaySchema,
        label('Weekdays', 'أيام الأسبوع', 'Days in the local time of the branch.', 'الأيام بتوقيت الفرع.'),
      ),
    ),
    hours: Type.Optional(HoursSchema),
    dates: Type.Optional(
      Type.Object(
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
    ),
    minimum_amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        ...label(
          'Minimum amount',
          'الحد الأدنى للمبلغ',
          'Minimum total of the products that the rule applies to.',
          'أقل مجموع للمنتجات التي تنطبق عليها القاعدة.',
          'money',
        ),
      }),
    ),
    products: Type.Optional(ProductsSchema),
    categories: Type.Optional(CategoriesSchema),
    first_order: Type.Optional(
      Type.Literal(
        true,
        label('First order', 'أول طلب', "Only the customer's first paid order.", 'أول طلب مدفوع للعميل فقط.'),
      ),
    ),
    birthday: Type.Optional(
      Type.Object(
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
    ),
    payments: Type.Optional(
      filterOf(
        PaymentKindSchema,
        label(
          'Payments',
          'طرق الدفع',
          'At least one payment uses an included method, and none uses an excluded one.',
          'دفعة واحدة على الأقل بطريقة مشمولة، ولا توجد دفعة بطريقة مستثناة.',
        ),
      ),
    ),
  },
  {
    ...CLOSED,
    ...label(
      'Conditions',
      'الشروط',
      'All conditions must be met. Without conditions, the rule always applies.',
      'يجب أن تتحقق جميع الشروط. بدون شروط تنطبق القاعدة دائمًا.',
    ),
  },
)

const unitsGiven = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  ...label(
    'Units',
    'العدد',
    'Number of points or stamps. For cashback, minor units of the currency.',
    'عدد النقاط أو الأختام. للكاش باك: بأصغر وحدة من العملة (هللة).',
  ),
})

const factor = (title: string, titleAr: string) =>
  Type.Integer({
    minimum: 1,
    maximum: 1000,
    ...label(
      title,
      titleAr,
      'Part of the multiplier. For example, 3 and 2 give 1.5 times.',
      'جزء من المضاعف. مثال: 3 و2 يعطيان 1.5 ضعف.',
    ),
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
    'هل يكسب الجزء غير المكتمل من المبلغ: بالتناسب، أو عن كل مبلغ مكتمل في مجموع الطلب، أو عن كل مبلغ مكتمل في كل بند.',
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
          ...label(
            'Amount',
            'المبلغ',
            'Amount that earns the units, in minor units: 100 is 1.00.',
            'المبلغ الذي يكسب العدد، بأصغر وحدة من العملة: 100 تعني 1.00.',
            'money',
          ),
        }),
        step: Type.Optional(Type.Unsafe<Step>({ ...StepSchema, default: 'proportional' })),
      },
      {
        ...CLOSED,
        ...label('Per amount', 'حسب المبلغ', 'A number of units for each amount spent.', 'عدد ثابت لكل مبلغ يُصرف.'),
      },
    ),
    Type.Object(
      { kind: Type.Literal('per_item'), units: unitsGiven },
      {
        ...CLOSED,
        ...label(
          'Per item',
          'حسب القطعة',
          'A number of units for each item. Items sold by weight earn in proportion.',
          'عدد ثابت لكل قطعة. المنتجات المباعة بالوزن تكسب بالتناسب.',
        ),
      },
    ),
    Type.Object(
      { kind: Type.Literal('per_order'), units: unitsGiven },
      {
        ...CLOSED,
        ...label('Per order', 'حسب الطلب', 'A number of units once per order.', 'عدد ثابت مرة واحدة لكل طلب.'),
      },
    ),
    Type.Object(
      {
        kind: Type.Literal('percent'),
        basis_points: Type.Integer({
          minimum: 1,
          maximum: 10_000,
          ...label(
            'Percent',
            'النسبة',
            'Share of the amount in hundredths of a percent: 500 is 5%.',
            'النسبة من المبلغ بأجزاء المئة من الواحد في المئة: 500 تعني 5%.',
            'basis_points',
          ),
        }),
      },
      {
        ...CLOSED,
        ...label('Percentage', 'نسبة مئوية', 'A share of the amount as cashback.', 'نسبة من المبلغ كاش باك.'),
      },
    ),
    Type.Object(
      {
        kind: Type.Literal('multiplier'),
        numerator: factor('Multiply by', 'اضرب في'),
        denominator: factor('Divide by', 'اقسم على'),
      },
      {
        ...CLOSED,
        ...label('Multiplier', 'مضاعف', 'Multiplies the total of the other rules.', 'يضاعف مجموع القواعد الأخرى.'),
      },
    ),
  ],
  { 'x-discriminator': 'kind', ...label('Earning', 'طريقة الكسب', 'What the customer earns.', 'ما يكسبه العميل.') },
)

export const RuleSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[a-z0-9][a-z0-9_-]{0,39}$',
      'x-form': 'a-z 0-9 _ -',
      ...label(
        'Id',
        'المعرّف',
        'Short lower-case name, unique in the program. Movements refer to rules by it.',
        'اسم قصير بأحرف إنجليزية صغيرة، لا يتكرر في البرنامج. تشير إليه الحركات.',
      ),
    }),
    name: Type.Optional(NameSchema),
    when: Type.Optional(WhenSchema),
    earn: EarnSchema,
  },
  {
    ...CLOSED,
    ...label('Rule', 'القاعدة', 'When the rule applies and what it earns.', 'متى تنطبق القاعدة وما الذي تمنحه.'),
  },
)

export type Rule = Static<typeof RuleSchema>
export type When = Static<typeof WhenSchema>
export type Earn = Static<typeof EarnSchema>
export type EarnKind = Earn['kind']
