// The four kinds of program: the schema of each, and the types before and after the defaults are filled in.
import { type Static, Type } from 'typebox'
import { discountFields } from '../reward.ts'
import type { DEFAULTS } from './defaults.ts'
import { NameSchema } from './fields.ts'
import { CLOSED, choice, label } from './label.ts'
import { debtField, optionFields } from './options.ts'
import { type Plan, PlanSchema } from './plan.ts'
import { RuleSchema } from './rule.ts'

const earningFields = {
  rules: Type.Array(RuleSchema, { minItems: 1, maxItems: 50, ...label('Rules', 'القواعد', 'What earns, in order.') }),
  ...optionFields,
}

const PointsSchema = Type.Object(
  { type: Type.Literal('points'), ...earningFields },
  { ...CLOSED, ...label('Points', 'نقاط', 'Customers collect points and spend them on rewards.') },
)

const StampsSchema = Type.Object(
  {
    type: Type.Literal('stamps'),
    ...earningFields,
    goal: Type.Integer({ minimum: 1, maximum: 1000, ...label('Goal', 'الهدف', 'Stamps that fill a card.') }),
    reward: Type.Object(
      {
        name: NameSchema,
        valid_days: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 3660,
            ...label('Valid days', 'أيام الصلاحية', 'How long a won reward is good.'),
          }),
        ),
        discount: Type.Optional(
          Type.Object(discountFields, {
            ...CLOSED,
            ...label(
              'Discount',
              'الخصم',
              'What the reward takes off an order; without it, it cannot be claimed with a code.',
            ),
          }),
        ),
      },
      { ...CLOSED, ...label('Reward', 'الجائزة', 'What a full card wins.') },
    ),
  },
  { ...CLOSED, ...label('Stamps', 'أختام', 'A full card of stamps wins a reward.') },
)

const CashbackSchema = Type.Object(
  {
    type: Type.Literal('cashback'),
    ...earningFields,
    minimum_to_redeem: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        ...label('Minimum to redeem', 'الحد الأدنى للاستبدال', 'Least balance that can be spent.', 'money'),
      }),
    ),
    maximum_share_basis_points: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        ...label(
          'Largest share',
          'أكبر نسبة من الطلب',
          'Largest part of an order that cashback may pay.',
          'basis_points',
        ),
      }),
    ),
    on_return: Type.Optional(
      choice(
        {
          full_return: ['All of it, when the whole order is returned', 'كامل المبلغ عند إرجاع الطلب كله'],
          pro_rata: ['In proportion to what is returned', 'بقدر ما أُرجع من الطلب'],
          never: ['None of it', 'لا يُعاد شيء'],
        },
        {
          default: 'full_return',
          ...label(
            'On return',
            'عند الإرجاع',
            'What comes back of cashback that paid for an order. A void gives back all.',
          ),
        },
      ),
    ),
  },
  { ...CLOSED, ...label('Cashback', 'استرداد نقدي', 'A share of the money comes back and pays for later orders.') },
)

const SubscriptionSchema = Type.Object(
  { type: Type.Literal('subscription'), plan: PlanSchema, debt: debtField },
  { ...CLOSED, ...label('Subscription', 'اشتراك', 'Customers buy a plan and use it up, period by period.') },
)

/** What a caller sends; `normaliseDefinition` fills in what is left out. */
export const DefinitionSchema = Type.Union([PointsSchema, StampsSchema, CashbackSchema, SubscriptionSchema], {
  'x-discriminator': 'type',
  ...label('Program definition', 'تعريف البرنامج', 'What a loyalty program gives, and on what terms.'),
})

export type DefinitionInput = Static<typeof DefinitionSchema>

export type ProgramType = DefinitionInput['type']

type Filled<Input> = Input & Required<Pick<Input, keyof Input & keyof typeof DEFAULTS>>

export type PointsDefinition = Filled<Static<typeof PointsSchema>>
export type StampsDefinition = Filled<Static<typeof StampsSchema>>
export type CashbackDefinition = Filled<Static<typeof CashbackSchema>>
export type SubscriptionDefinition = Filled<Static<typeof SubscriptionSchema>> & { plan: Plan }

/** Every program but a subscription: it earns by rules. */
export type EarningDefinition = PointsDefinition | StampsDefinition | CashbackDefinition

/** A definition with its defaults written out: what is stored and what is evaluated. */
export type Definition = EarningDefinition | SubscriptionDefinition
