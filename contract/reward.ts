// The discount and terms of a reward: one description for the API, the till and the documentation.
import { type Static, Type } from 'typebox'
import {
  BranchesSchema,
  CategoryIdSchema,
  datesField,
  HoursSchema,
  listOf,
  ProductIdSchema,
  WeekdaysSchema,
} from './program/fields.ts'
import { CLOSED, choice, label } from './program/label.ts'

const money = (title: string, titleAr: string, description: string, descriptionAr: string) =>
  Type.Integer({
    minimum: 1,
    maximum: 1_000_000_000_000,
    ...label(title, titleAr, description, descriptionAr, 'money'),
  })

const RewardKindSchema = choice(
  {
    fixed_order: ['Fixed amount off the order', 'خصم مبلغ ثابت من الطلب'],
    percent_order: ['Percentage off the order', 'خصم نسبة من الطلب'],
    fixed_products: ['Fixed amount off specific products', 'خصم مبلغ ثابت على منتجات محددة'],
    percent_products: ['Percentage off specific products', 'خصم نسبة على منتجات محددة'],
  },
  label(
    'Type',
    'نوع الخصم',
    'What the discount applies to. 100% off products makes them free.',
    'ما يُطبَّق عليه الخصم. خصم 100% على المنتجات يجعلها مجانية.',
  ),
)

/** The discount: fields that catalogue rewards and rewards of stamp cards share. */
export const discountFields = {
  kind: RewardKindSchema,
  discount_amount: Type.Optional(
    money('Amount', 'المبلغ', 'The discount, for the two fixed-amount types.', 'قيمة الخصم، لنوعي المبلغ الثابت.'),
  ),
  percent: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      ...label('Percent', 'النسبة', 'The discount, for the two percentage types.', 'نسبة الخصم، لنوعي النسبة.'),
    }),
  ),
  max_discount_amount: Type.Optional(
    money(
      'Maximum discount',
      'الحد الأقصى للخصم',
      'The most that a percentage can take off.',
      'أعلى مبلغ يمكن أن تخصمه النسبة.',
    ),
  ),
  products: Type.Optional(
    listOf(
      ProductIdSchema,
      label(
        'Products',
        'المنتجات',
        'The products that the reward applies to, for the two product types.',
        'المنتجات التي تنطبق عليها المكافأة، لنوعي خصم المنتجات.',
      ),
    ),
  ),
  categories: Type.Optional(
    listOf(
      CategoryIdSchema,
      label(
        'Categories',
        'التصنيفات',
        'All products in these categories, as listed in the catalogue.',
        'جميع منتجات هذه التصنيفات كما هي في قائمة المنتجات.',
      ),
    ),
  ),
  quantity: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      ...label(
        'Items',
        'عدد القطع',
        'How many items get the discount, for the two product types. Default: 1.',
        'عدد القطع التي يشملها الخصم، لنوعي خصم المنتجات. القيمة الافتراضية: 1.',
      ),
    }),
  ),
  includes_modifiers: Type.Optional(
    Type.Boolean({
      default: false,
      ...label(
        'Modifiers',
        'الإضافات',
        'Whether modifiers of a product are discounted too.',
        'هل يشمل الخصم إضافات المنتج.',
      ),
    }),
  ),
}

/** The terms of a catalogue reward, besides its discount. */
export const termFields = {
  minimum_order_amount: Type.Optional(
    money(
      'Minimum order',
      'الحد الأدنى للطلب',
      'Minimum value of the products in the order, including tax and before the discount.',
      'أقل قيمة لمنتجات الطلب، شاملة الضريبة وقبل الخصم.',
    ),
  ),
  branches: Type.Optional(BranchesSchema),
  dates: Type.Optional(
    datesField('Business days. The first and last day are included.', 'أيام العمل، ويشمل ذلك أول يوم وآخر يوم.'),
  ),
  weekdays: Type.Optional(WeekdaysSchema),
  hours: Type.Optional(HoursSchema),
  limits: Type.Optional(
    Type.Object(
      {
        per_customer: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000_000,
            ...label(
              'Per customer',
              'لكل عميل',
              'How many times one customer can claim it.',
              'عدد المرات التي يمكن للعميل الواحد حجزها.',
            ),
          }),
        ),
        in_all: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000_000_000,
            ...label(
              'In total',
              'الإجمالي',
              'How many times all customers together can claim it.',
              'عدد المرات التي يمكن لجميع العملاء معًا حجزها.',
            ),
          }),
        ),
      },
      {
        ...CLOSED,
        minProperties: 1,
        ...label(
          'Limits',
          'الحدود',
          'Claims that expired, were cancelled or were restored do not count.',
          'لا تُحتسب الحجوزات المنتهية أو الملغاة أو المعادة.',
        ),
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
        'هل يمكن استخدام مكافآت أخرى في الطلب نفسه.',
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
          'ما يحدث للمكافأة عند إرجاع الطلب. عند إلغاء الطلب تُعاد دائمًا.',
        ),
      },
    ),
  ),
}

export const RewardTermsSchema = Type.Object(
  { ...discountFields, ...termFields },
  { ...CLOSED, ...label('Terms', 'الشروط', 'The discount and its terms.', 'الخصم وشروطه.') },
)

/** As sent; `normaliseTerms` fills in the defaults. */
export type RewardTermsInput = Static<typeof RewardTermsSchema>

/** As stored with each version of a reward, with defaults. */
export type RewardTerms = RewardTermsInput & Required<Pick<RewardTermsInput, 'combinable' | 'on_return'>>

/** The discount without the terms. */
export type Discount = Pick<RewardTermsInput, keyof typeof discountFields>

export type RewardKind = RewardTermsInput['kind']

/** What happens to a redemption when the order is returned; `pro_rata` is for cashback. */
export type OnReturn = 'full_return' | 'never' | 'pro_rata'

/**
 * The terms of a claim, fixed when it is made. Amounts are minor units of the business's currency;
 * branches are API ids; hours and weekdays are local to the branch, dates are business dates.
 */
export interface ClaimTerms extends Omit<RewardTermsInput, 'on_return'> {
  on_return?: OnReturn
  /** The maximum share of an order that cashback can pay, in hundredths of a percent. */
  share_basis_points?: number
  /** The maximum uses of a subscription in one day. */
  per_day_limit?: number
  minutes_between_uses?: number
}
