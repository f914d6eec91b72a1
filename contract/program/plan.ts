// The plan of a subscription: what it costs, which products buy it, and what it allows in each period.
import { type Static, Type } from 'typebox'
import { BranchesSchema, CategoriesSchema, HoursSchema, listOf, ProductsSchema, textField } from './fields.ts'
import { CLOSED, choice, label } from './label.ts'

export const PlanSchema = Type.Object(
  {
    price: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000_000_000,
        ...label(
          'Price',
          'السعر',
          'Shown to customers; what is really paid is the price of the product in the POS.',
          'money',
        ),
      }),
    ),
    products_bought: listOf(
      textField(128, label('Product', 'المنتج', 'Id or SKU of a product in the POS.')),
      label(
        'Products that buy it',
        'المنتجات التي تشتريه',
        'Buying one of these in the POS starts the subscription.',
        'products',
      ),
      50,
    ),
    period: Type.Object(
      {
        unit: choice(
          { week: ['Weeks', 'أسابيع'], month: ['Months', 'أشهر'], days: ['Days', 'أيام'] },
          label('Unit', 'الوحدة', 'A month ends on the day of the month on which the subscription began.'),
        ),
        count: Type.Integer({
          minimum: 1,
          maximum: 366,
          ...label('Count', 'العدد', 'How many of them make one period.'),
        }),
      },
      { ...CLOSED, ...label('Period', 'المدة', 'After each period the uses begin anew.') },
    ),
    periods: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 120,
        default: 1,
        ...label('Periods', 'عدد المدد', 'How many periods one purchase pays for.'),
      }),
    ),
    uses_per_period: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      ...label('Uses per period', 'مرات الاستخدام في المدة', 'How often something may be had in one period.'),
    }),
    per_day_limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        ...label('Uses per day', 'مرات الاستخدام في اليوم', 'Most in one business date.'),
      }),
    ),
    minutes_between_uses: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1440,
        ...label('Minutes between uses', 'دقائق بين مرتين', 'Least time between two uses.'),
      }),
    ),
    products: Type.Optional(ProductsSchema),
    categories: Type.Optional(CategoriesSchema),
    branches: Type.Optional(BranchesSchema),
    hours: Type.Optional(HoursSchema),
    rollover: Type.Optional(
      choice(
        {
          none: ['Unused uses end', 'تنتهي غير المستخدمة'],
          next_period: ['Good for one more period', 'تبقى لمدة واحدة أخرى'],
        },
        {
          default: 'none',
          ...label('Rollover', 'الترحيل', 'What happens to uses that are left at the end of a period.'),
        },
      ),
    ),
  },
  { ...CLOSED, ...label('Plan', 'الباقة', 'What the subscription gives.') },
)

export type PlanInput = Static<typeof PlanSchema>
export type Plan = PlanInput & Required<Pick<PlanInput, 'periods' | 'rollover'>>
