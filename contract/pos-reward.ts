// The answers to a till that checks or redeems a code.
import { type Static, Type } from 'typebox'
import { Text } from './api/common.ts'

const asSent = (what: string) => Type.Unknown({ description: `${what}, exactly as the POS sent it.` })

const rewardFields = {
  type: Type.Integer({ description: '1: discount on the order. 2: discount on specific products.', examples: [1] }),
  discount_amount: Type.Number({
    description: 'A percentage if `is_percent` is true, otherwise an amount in the currency: 15 means 15.00.',
    examples: [15],
  }),
  is_percent: Type.Boolean(),
  max_discount_amount: Type.Union([Type.Number(), Type.Null()], {
    description: 'Maximum discount for a percentage. null if there is no maximum (1000000 for Foodics).',
  }),
  allowed_products: Type.Unknown({
    description:
      'null for type 1 and when any product qualifies. Otherwise `[{product_id, quantity}]` with one entry per product, where `quantity` is the total over all entries. For Foodics: `[{products_list: [id, …], quantity}]`.',
  }),
  discount_includes_modifiers: Type.Boolean({ description: 'Whether modifiers of a product are discounted too.' }),
  is_discount_taxable: Type.Boolean({ description: 'Always false: tax is calculated after the discount.' }),
  require_otp: Type.Boolean(),
  minimum_order_amount: Type.Union([Type.Number(), Type.Null()], {
    description: 'Minimum value of the goods in the order, before the discount.',
  }),
  reward_code: asSent('The code'),
  customer_mobile_number: asSent('The number'),
  mobile_country_code: asSent('The country'),
  business_reference: asSent('The reference'),
  customer_reference: Type.String({ description: 'Id of the customer in LoyaPro.' }),
  reward: Type.Object({ id: Type.String(), name: Text }),
  expires_at: Type.String({ format: 'date-time', description: 'When the code expires.' }),
}

export const RewardAnswer = Type.Object(rewardFields, { title: 'RewardAnswer' })
export type RewardAnswer = Static<typeof RewardAnswer>

export const RedeemAnswer = Type.Object(
  {
    ...rewardFields,
    status: Type.Literal('redeemed'),
    redemption_id: Type.String(),
    redeemed_at: Type.String({ format: 'date-time' }),
  },
  { title: 'RedeemAnswer' },
)
export type RedeemAnswer = Static<typeof RedeemAnswer>
