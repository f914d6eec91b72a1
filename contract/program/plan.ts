// The plan of a subscription: its price, the products that start it, and what it allows in each
// period.
import { type Static, Type } from 'typebox'
import { BranchesSchema, CategoriesSchema, HoursSchema, listOf, ProductIdSchema, ProductsSchema } from './fields.ts'
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
          'Shown to customers. The customer pays the price of the product in the POS.',
          'يظهر للعملاء. يدفع العميل سعر المنتج في نظام نقاط البيع.',
          'money',
        ),
      }),
    ),
    products_bought: listOf(
      ProductIdSchema,
      label(
        'Products that start it',
        'المنتجات التي تفعّل الاشتراك',
        'Buying one of these in the POS starts the subscription.',
        'شراء أحد هذه المنتجات في نظام نقاط البيع يفعّل الاشتراك.',
      ),
      50,
    ),
    period: Type.Object(
      {
        unit: choice(
          { week: ['Weeks', 'أسابيع'], month: ['Months', 'أشهر'], days: ['Days', 'أيام'] },
          label(
            'Unit',
            'الوحدة',
            'A monthly period ends on the same day of the month on which the subscription started.',
            'تنتهي الفترة الشهرية في اليوم نفسه من الشهر الذي بدأ فيه الاشتراك.',
          ),
        ),
        count: Type.Integer({
          minimum: 1,
          maximum: 366,
          ...label(
            'Count',
            'العدد',
            'Number of weeks, months or days in one period.',
            'عدد الأسابيع أو الأشهر أو الأيام في الفترة الواحدة.',
          ),
        }),
      },
      {
        ...CLOSED,
        ...label(
          'Period',
          'فترة الاشتراك',
          'Uses reset at the start of each period.',
          'يتجدد عدد الاستخدامات في بداية كل فترة.',
        ),
      },
    ),
    periods: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 120,
        default: 1,
        ...label(
          'Periods',
          'عدد الفترات',
          'Number of periods that one purchase covers.',
          'عدد الفترات التي تشملها عملية شراء واحدة.',
        ),
      }),
    ),
    uses_per_period: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      ...label(
        'Uses per period',
        'عدد الاستخدامات في الفترة',
        'How many times the customer can use the plan in one period.',
        'عدد مرات استخدام العميل للباقة في الفترة الواحدة.',
      ),
    }),
    per_day_limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        ...label(
          'Uses per day',
          'عدد الاستخدامات في اليوم',
          'Maximum per business day.',
          'الحد الأقصى ليوم العمل الواحد.',
        ),
      }),
    ),
    minutes_between_uses: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1440,
        ...label(
          'Minutes between uses',
          'الفاصل بين استخدامين (بالدقائق)',
          'Minimum time between two uses.',
          'أقل مدة بين استخدامين.',
        ),
      }),
    ),
    products: Type.Optional(ProductsSchema),
    categories: Type.Optional(CategoriesSchema),
    branches: Type.Optional(BranchesSchema),
    hours: Type.Optional(HoursSchema),
    rollover: Type.Optional(
      choice(
        {
          none: ['Unused uses expire', 'تنتهي الاستخدامات المتبقية'],
          next_period: ['Carry over to the next period', 'تُرحَّل إلى الفترة التالية فقط'],
        },
        {
          default: 'none',
          ...label(
            'Rollover',
            'الترحيل',
            'What happens to unused uses at the end of a period.',
            'ما يحدث للاستخدامات المتبقية بنهاية الفترة.',
          ),
        },
      ),
    ),
    renewal: Type.Optional(
      choice(
        {
          extend: ['Begins when the current plan ends', 'يبدأ عند انتهاء الاشتراك الحالي'],
          parallel: ['Begins immediately', 'يبدأ فورًا'],
        },
        {
          default: 'extend',
          ...label(
            'Early renewal',
            'التجديد المبكر',
            'What happens when the customer buys the plan again while it is still running.',
            'ما يحدث عند شراء الباقة مرة أخرى قبل انتهاء الاشتراك الحالي.',
          ),
        },
      ),
    ),
  },
  { ...CLOSED, ...label('Plan', 'الباقة', 'What the subscription includes.', 'ما يشمله الاشتراك.') },
)

export type PlanInput = Static<typeof PlanSchema>
export type Plan = PlanInput & Required<Pick<PlanInput, 'periods' | 'rollover' | 'renewal'>>
