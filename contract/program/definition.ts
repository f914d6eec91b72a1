// The four types of program: their schemas, and the types of definitions with and without defaults.
import { type Static, Type } from 'typebox'
import { discountFields } from '../reward.ts'
import type { DEFAULTS } from './defaults.ts'
import { NameSchema } from './fields.ts'
import { CLOSED, choice, label } from './label.ts'
import { ceilingField, debtField, optionFields } from './options.ts'
import { type Plan, PlanSchema } from './plan.ts'
import { RuleSchema } from './rule.ts'

const earningFields = {
  rules: Type.Array(RuleSchema, {
    minItems: 1,
    maxItems: 50,
    ...label(
      'Rules',
      'القواعد',
      'What customers earn for. Rules are checked in this order.',
      'ما يكسب العميل مقابله. تُطبَّق القواعد بهذا الترتيب.',
    ),
  }),
  ...optionFields,
}

const PointsSchema = Type.Object(
  { type: Type.Literal('points'), ...earningFields },
  {
    ...CLOSED,
    ...label(
      'Points',
      'النقاط',
      'Customers earn points and redeem them for rewards.',
      'يكسب العملاء نقاطًا ويستبدلونها بمكافآت.',
    ),
  },
)

const StampsSchema = Type.Object(
  {
    type: Type.Literal('stamps'),
    ...earningFields,
    goal: Type.Integer({
      minimum: 1,
      maximum: 1000,
      ...label(
        'Stamps per card',
        'عدد الأختام المطلوبة',
        'Number of stamps that complete a card.',
        'عدد الأختام التي تكتمل بها البطاقة.',
      ),
    }),
    reward: Type.Object(
      {
        name: NameSchema,
        valid_days: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 3660,
            ...label(
              'Reward validity (days)',
              'صلاحية المكافأة (بالأيام)',
              'How many days the customer has to use the reward after completing a card.',
              'عدد الأيام المتاحة للعميل لاستخدام المكافأة بعد اكتمال البطاقة.',
            ),
          }),
        ),
        discount: Type.Optional(
          Type.Object(discountFields, {
            ...CLOSED,
            ...label(
              'Discount',
              'الخصم',
              'The discount that the reward gives. Without it, customers cannot claim the reward with a code.',
              'الخصم الذي تمنحه المكافأة. بدونه لا يمكن للعميل حجز المكافأة برمز.',
            ),
          }),
        ),
      },
      {
        ...CLOSED,
        ...label(
          'Reward',
          'المكافأة',
          'What the customer gets for a completed card.',
          'ما يحصل عليه العميل عند اكتمال البطاقة.',
        ),
      },
    ),
  },
  {
    ...CLOSED,
    ...label(
      'Stamps',
      'الأختام',
      'Customers collect stamps. A completed card gives a reward.',
      'يجمع العملاء أختامًا، والبطاقة المكتملة تمنح مكافأة.',
    ),
  },
)

const CashbackSchema = Type.Object(
  {
    type: Type.Literal('cashback'),
    ...earningFields,
    minimum_to_redeem: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        ...label(
          'Minimum to redeem',
          'الحد الأدنى للاستبدال',
          'Minimum balance that can be redeemed.',
          'أقل رصيد يمكن استبداله.',
          'money',
        ),
      }),
    ),
    maximum_share_basis_points: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        ...label(
          'Maximum share of an order',
          'أعلى نسبة تُدفع من الطلب',
          'Maximum part of an order that cashback can pay.',
          'أعلى نسبة من الطلب يمكن دفعها من رصيد الكاش باك.',
          'basis_points',
        ),
      }),
    ),
    on_return: Type.Optional(
      choice(
        {
          full_return: ['In full, when the whole order is returned', 'يُعاد المبلغ كاملًا عند إرجاع الطلب كله'],
          pro_rata: ['In proportion to what is returned', 'يُعاد بنسبة ما أُرجع من الطلب'],
          never: ['Not at all', 'لا يُعاد'],
        },
        {
          default: 'full_return',
          ...label(
            'On return',
            'عند الإرجاع',
            'How much of the cashback used for an order is restored when goods are returned. A void always restores all of it.',
            'كم يُعاد من الكاش باك المستخدم عند إرجاع المنتجات. عند إلغاء الطلب يُعاد كاملًا دائمًا.',
          ),
        },
      ),
    ),
  },
  {
    ...CLOSED,
    ...label(
      'Cashback',
      'كاش باك',
      'Customers get back a share of what they pay, to use on later orders.',
      'يكسب العملاء نسبة مما يدفعونه لاستخدامها في طلبات لاحقة.',
    ),
  },
)

const SubscriptionSchema = Type.Object(
  { type: Type.Literal('subscription'), plan: PlanSchema, order_ceiling: ceilingField, debt: debtField },
  {
    ...CLOSED,
    ...label(
      'Subscription',
      'الاشتراك',
      'Customers buy a plan with a number of uses in each period.',
      'يشتري العملاء باقة فيها عدد من الاستخدامات في كل فترة.',
    ),
  },
)

/** A definition as sent; `normaliseDefinition` fills in the defaults. */
export const DefinitionSchema = Type.Union([PointsSchema, StampsSchema, CashbackSchema, SubscriptionSchema], {
  'x-discriminator': 'type',
  ...label(
    'Program definition',
    'تعريف البرنامج',
    'What a loyalty program gives and on which conditions.',
    'ما يمنحه برنامج الولاء وشروطه.',
  ),
})

export type DefinitionInput = Static<typeof DefinitionSchema>

export type ProgramType = DefinitionInput['type']

type Filled<Input> = Input & Required<Pick<Input, keyof Input & keyof typeof DEFAULTS>>

export type PointsDefinition = Filled<Static<typeof PointsSchema>>
export type StampsDefinition = Filled<Static<typeof StampsSchema>>
export type CashbackDefinition = Filled<Static<typeof CashbackSchema>>
export type SubscriptionDefinition = Filled<Static<typeof SubscriptionSchema>> & { plan: Plan }

/** Every type but subscription: the types that earn by rules. */
export type EarningDefinition = PointsDefinition | StampsDefinition | CashbackDefinition

/** A definition with its defaults filled in: as stored and evaluated. */
export type Definition = EarningDefinition | SubscriptionDefinition
