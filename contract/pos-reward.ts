// What LoyaPro answers a till that checks or redeems a code.
import { type Static, Type } from 'typebox'
import { Text } from './api/common.ts'

const asSent = (what: string) => Type.Unknown({ description: `${what}, exactly as it was sent.` })

const rewardFields = {
  type: Type.Integer({ description: '1: off the order. 2: off some products.', examples: [1] }),
  discount_amount: Type.Number({
    description: 'The percentage when `is_percent`, else an amount of the currency: 15 is 15.00.',
    examples: [15],
  }),
  is_percent: Type.Boolean(),
  max_discount_amount: Type.Union([Type.Number(), Type.Null()], {
    description: 'A percentage never takes off more than this; null for no limit (to Foodics, 1000000).',
  }),
  allowed_products: Type.Unknown({
    description:
      'Null for type 1, and for any product. Else `[{product_id, quantity}]`, one entry a product, where quantity is that of all together; to Foodics `[{products_list: [id, …], quantity}]`.',
  }),
  discount_includes_modifiers: Type.Boolean({ description: 'Whether what is added to a product is discounted too.' }),
  is_discount_taxable: Type.Boolean({ description: 'False: tax is computed after the discount.' }),
  require_otp: Type.Boolean(),
  minimum_order_amount: Type.Union([Type.Number(), Type.Null()], {
    description: 'The order must hold goods for so much, before the discount.',
  }),
  reward_code: asSent('The code'),
  customer_mobile_number: asSent('The number'),
  mobile_country_code: asSent('The country'),
  business_reference: asSent('The reference'),
  customer_reference: Type.String({ description: 'The customer in LoyaPro.' }),
  reward: Type.Object({ id: Type.String(), name: Text }),
  expires_at: Type.String({ format: 'date-time', description: 'When the code runs out.' }),
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
