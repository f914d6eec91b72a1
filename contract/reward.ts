// What a reward takes off an order, and on which terms: one description shared by the API, the till and the documentation.
import { type Static, Type } from 'typebox'
import { BranchesSchema, dateField, HoursSchema, listOf, textField } from './program/fields.ts'
import { CLOSED, choice, label } from './program/label.ts'
import { WeekdaySchema } from './program/rule.ts'

const money = (title: string, titleAr: string, description: string) =>
  Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, ...label(title, titleAr, description, 'money') })

const RewardKindSchema = choice(
  {
    fixed_order: ['Fixed amount off the order', 'خصم مبلغ ثابت من الطلب'],
    percent_order: ['Percentage off the order', 'خصم نسبة من الطلب'],
    fixed_products: ['Fixed amount off specific products', 'خصم مبلغ ثابت على منتجات محددة'],
    percent_products: ['Percentage off specific products', 'خصم نسبة على منتجات محددة'],
  },
  label('Type', 'نوع الخصم', 'What the discount applies to. 100% off products makes them free.'),
)

/** What is taken off: the part that a reward of the catalogue and the reward of a stamp card share. */
export const discountFields = {
  kind: RewardKindSchema,
  discount_amount: Type.Optional(money('Amount', 'المبلغ', 'The discount, for the two fixed-amount types.')),
  percent: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      ...label('Percent', 'النسبة', 'The discount, for the two percentage types.'),
    }),
  ),
  max_discount_amount: Type.Optional(
    money('Maximum discount', 'الحد الأقصى للخصم', 'The most that a percentage can take off.'),
  ),
  products: Type.Optional(
    listOf(
      textField(128, label('Product', 'المنتج', 'Id or SKU of the product in the POS.')),
      label('Products', 'المنتجات', 'The products that the reward applies to, for the two product types.', 'products'),
    ),
  ),
  categories: Type.Optional(
    listOf(
      textField(128, label('Category', 'التصنيف', 'Id of the category in the POS.')),
      label('Categories', 'التصنيفات', 'All products in these categories, as listed in the catalogue.', 'categories'),
    ),
  ),
  quantity: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      ...label('Items', 'عدد القطع', 'How many items get the discount, for the two product types. Default: 1.'),
    }),
  ),
  includes_modifiers: Type.Optional(
    Type.Boolean({
      default: false,
      ...label('Modifiers', 'الإضافات', 'Whether modifiers of a product are discounted too.'),
    }),
  ),
}

/** On which terms: what a reward of the catalogue says beside what it takes off. */
export const termFields = {
  minimum_order_amount: Type.Optional(
    money(
      'Minimum order',
      'الحد الأدنى للطلب',
      'Minimum value of the products in the order, including tax and before the discount.',
    ),
  ),
  branches: Type.Optional(BranchesSchema),
  dates: Type.Optional(
    Type.Object(
      {
        from: Type.Optional(dateField('Start date', 'تاريخ البداية', 'First business day, included.')),
        to: Type.Optional(dateField('End date', 'تاريخ النهاية', 'Last business day, included.')),
      },
      {
        ...CLOSED,
        minProperties: 1,
        ...label('Dates', 'التواريخ', 'Business days. The first and last day are included.'),
      },
    ),
  ),
  weekdays: Type.Optional(
    listOf(WeekdaySchema, label('Weekdays', 'أيام الأسبوع', 'Days in the local time of the branch.')),
  ),
  hours: Type.Optional(HoursSchema),
  limits: Type.Optional(
    Type.Object(
      {
        per_customer: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000_000,
            ...label('Per customer', 'لكل عميل', 'How many times one customer can claim it.'),
          }),
        ),
        in_all: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000_000_000,
            ...label('In total', 'الإجمالي', 'How many times all customers together can claim it.'),
          }),
        ),
      },
      {
        ...CLOSED,
        minProperties: 1,
        ...label('Limits', 'الحدود', 'Claims that expired, were cancelled or were restored do not count.'),
      },
    ),
  ),
  combinable: Type.Optional(
    Type.Boolean({
      default: true,
      ...label(
        'Can be combined',
        'يمكن جمعها مع مكافآت أخرى',
        'Whether other rewards can be redeemed in the same order.',
      ),
    }),
  ),
  on_return: Type.Optional(
    choice(
      {
        full_return: [
          'Restored when everything it was used on is returned',
          'تُعاد إلى العميل عند إرجاع كل ما استُخدمت عليه',
        ],
        never: ['Not restored', 'لا تُعاد'],
      },
      {
        default: 'full_return',
        ...label(
          'On return',
          'عند الإرجاع',
          'What happens to the reward when the order is returned. A void always restores it.',
        ),
      },
    ),
  ),
}

export const RewardTermsSchema = Type.Object({ ...discountFields, ...termFields }, CLOSED)

/** As a caller sends them; `normaliseTerms` fills in what is left out. */
export type RewardTermsInput = Static<typeof RewardTermsSchema>

/** As they are stored with each version of a reward: with the defaults written out. */
export type RewardTerms = RewardTermsInput & Required<Pick<RewardTermsInput, 'combinable' | 'on_return'>>

/** What is taken off, without the terms. */
export type Discount = Pick<RewardTermsInput, keyof typeof discountFields>

export type RewardKind = RewardTermsInput['kind']

/** What becomes of a redemption when the order is returned; `pro_rata` is for cashback. */
export type OnReturn = 'full_return' | 'never' | 'pro_rata'

/**
 * The terms of a claim, pinned when it is made. Money in minor units of the business's currency; branches by their shown ids; hours
 * and weekdays of the branch's clock, dates by business date.
 */
export interface ClaimTerms extends Omit<RewardTermsInput, 'on_return'> {
  on_return?: OnReturn
  /** Cashback pays at most this part of an order, in hundredths of a percent. */
  share_basis_points?: number
  /** Of one day, for a use of a subscription. */
  per_day_limit?: number
  minutes_between_uses?: number
}
