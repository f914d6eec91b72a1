// What a reward takes off an order, and on which terms: one description shared by the API, the till and the documentation.
import { type Static, Type } from 'typebox'
import { BranchesSchema, dateField, HoursSchema, listOf, textField } from './program/fields.ts'
import { CLOSED, choice, label } from './program/label.ts'
import { WeekdaySchema } from './program/rule.ts'

const money = (title: string, titleAr: string, description: string) =>
  Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, ...label(title, titleAr, description, 'money') })

const RewardKindSchema = choice(
  {
    fixed_order: ['An amount off the order', 'مبلغ من الطلب'],
    percent_order: ['A percentage off the order', 'نسبة من الطلب'],
    fixed_products: ['An amount off some products', 'مبلغ من منتجات محددة'],
    percent_products: ['A percentage off some products', 'نسبة من منتجات محددة'],
  },
  label('Kind', 'النوع', 'What is taken off, and off what. 100 percent off products makes them free.'),
)

/** What is taken off: the part that a reward of the catalogue and the reward of a stamp card share. */
export const discountFields = {
  kind: RewardKindSchema,
  discount_amount: Type.Optional(money('Amount', 'المبلغ', 'What is taken off, for the two kinds of an amount.')),
  percent: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      ...label('Percent', 'النسبة', 'Which part is taken off, for the two kinds of a percentage.'),
    }),
  ),
  max_discount_amount: Type.Optional(
    money('Most that is taken off', 'أقصى خصم', 'A percentage never takes off more than this.'),
  ),
  products: Type.Optional(
    listOf(
      textField(128, label('Product', 'المنتج', 'Id or SKU of the product in the POS.')),
      label('Products', 'المنتجات', 'The products that it is good for, for the two kinds of products.', 'products'),
    ),
  ),
  categories: Type.Optional(
    listOf(
      textField(128, label('Category', 'التصنيف', 'Id of the category in the POS.')),
      label('Categories', 'التصنيفات', 'All products of these categories, as the catalogue lists them.', 'categories'),
    ),
  ),
  quantity: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      ...label(
        'Pieces',
        'عدد القطع',
        'How many pieces it is good for, for the two kinds of products; 1 when not given.',
      ),
    }),
  ),
  includes_modifiers: Type.Optional(
    Type.Boolean({
      default: false,
      ...label('Modifiers', 'الإضافات', 'Whether what is added to a product is discounted as well.'),
    }),
  ),
}

/** On which terms: what a reward of the catalogue says beside what it takes off. */
export const termFields = {
  minimum_order_amount: Type.Optional(
    money('Minimum order', 'أقل طلب', 'Least amount of goods in the order, tax included, before the discount.'),
  ),
  branches: Type.Optional(BranchesSchema),
  dates: Type.Optional(
    Type.Object(
      {
        from: Type.Optional(dateField('From', 'من', 'First business date.')),
        to: Type.Optional(dateField('To', 'إلى', 'Last business date, included.')),
      },
      { ...CLOSED, minProperties: 1, ...label('Dates', 'التواريخ', 'Business dates, both ends included.') },
    ),
  ),
  weekdays: Type.Optional(listOf(WeekdaySchema, label('Weekdays', 'أيام الأسبوع', 'Local days of the branch.'))),
  hours: Type.Optional(HoursSchema),
  limits: Type.Optional(
    Type.Object(
      {
        per_customer: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000_000,
            ...label('Per customer', 'لكل عميل', 'How often one customer may have it.'),
          }),
        ),
        in_all: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000_000_000,
            ...label('In all', 'للجميع', 'How often it may be had by all customers together.'),
          }),
        ),
      },
      { ...CLOSED, minProperties: 1, ...label('Limits', 'الحدود', 'What is given back does not count.') },
    ),
  ),
  combinable: Type.Optional(
    Type.Boolean({
      default: true,
      ...label('Combinable', 'قابلة للجمع', 'Whether other rewards may be redeemed in the same order.'),
    }),
  ),
  on_return: Type.Optional(
    choice(
      {
        full_return: ['Given back when all that it was used on is returned', 'تُعاد عند إرجاع كل ما استُخدمت فيه'],
        never: ['Stays spent', 'تبقى مستخدمة'],
      },
      {
        default: 'full_return',
        ...label(
          'On return',
          'عند الإرجاع',
          'What becomes of it when the order is returned. A void gives it back always.',
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
