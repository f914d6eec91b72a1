// Claims in the business API: what a customer has reserved under a code, and its status.
import { type Static, Type } from 'typebox'
import { Proof } from './cards.ts'
import { actor, choice, date, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

export const NewClaim = Type.Object(
  {
    reward_id: Type.Optional(idOf('rwd', 'A reward from the catalogue.')),
    program_id: Type.Optional(idOf('prg', 'Instead of a reward: a cashback, stamp or subscription program.')),
    amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        description:
          'With a cashback program: how much to spend, in minor units. What the order does not need goes back.',
      }),
    ),
    valid_minutes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1440, default: 10, description: 'How long the code is valid.' }),
    ),
    proof: Type.Optional(Proof),
  },
  { additionalProperties: false },
)

export const ClaimStatus = choice(['held', 'redeemed', 'restored', 'expired', 'cancelled'], {
  description:
    '`held`: the code can be used. `redeemed`: it was used on an order. `expired` and `cancelled`: the units went back to the balance. `restored`: the order was voided or returned, or staff returned the redemption, and the units went back.',
})

const Redemption = Type.Object({
  id: idOf('rdm', 'The redemption.'),
  redeemed_at: instant('When the claim was redeemed.'),
  used_at: instant(
    'When the use counts: the time of the order or, until the order is known, the time of the redeem call.',
  ),
  by: choice(['till', 'order'], {
    description: '`till` if the POS called redeem, `order` if only the order contained the code.',
  }),
  order_id: idOf('ord', 'ID of the order. The order may not have been received yet.'),
  pos_order_id: Type.String({ description: 'ID of the order in the POS.' }),
  pos_branch_id: nullable(Type.String({ description: 'ID of the branch in the POS.' })),
  pos_user_id: nullable(Type.String({ description: 'ID of the cashier in the POS.' })),
  actor: actor('Who redeemed it: the POS.'),
  discount: Type.Integer({ description: 'Discount given, in minor units.' }),
  units: Type.Integer({ description: 'Units redeemed.' }),
  restored_units: Type.Integer({ description: 'Units restored after a void or return.' }),
  products: nullable(
    Type.Array(
      Type.Object({
        product_id: Type.String({ description: 'ID of the product in the POS.' }),
        quantity: Type.Number({ description: 'Number of items that the reward was used on.' }),
      }),
      { description: 'Products that the POS reported for the redemption.' },
    ),
  ),
  business_date: date('Business day that the redemption counts for.'),
  returned: nullable(
    Type.Object(
      {
        returned_at: instant('When it was returned.'),
        by: Type.String({
          description: 'ID of the API key that returned it.',
          examples: ['key_01kb4w7x2jf8m9t3v6q0c5n1rd'],
        }),
        actor: actor('Who returned it.'),
        reason: Type.String({ description: 'The reason given.' }),
      },
      {
        description:
          'Set if staff returned the redemption because the discount never reached the order. If the order showed the discount later, the claim is redeemed again.',
      },
    ),
  ),
})

export const ReturnRedemption = Type.Object(
  {
    reason: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Why it is returned. It is shown in the ledger of the customer.',
      examples: ['The discount was not applied at the POS'],
    }),
  },
  { additionalProperties: false },
)

export const Claim = Type.Object(
  {
    id: idOf('clm', 'The claim.'),
    customer_id: idOf('cus', 'The customer who made the claim. Only they can use the code.'),
    kind: choice(['reward', 'cashback', 'card', 'use'], {
      description: 'A reward of the catalogue, cashback, the reward of a stamp card, or a use of a subscription.',
    }),
    code: Type.String({ description: 'Code that the customer shows to the cashier.', examples: ['24564955'] }),
    status: ClaimStatus,
    created_at: instant('When it was created.'),
    created_by: actor('Who created it.'),
    expires_at: instant('When the code expires. If it expires unused, the units go back to the balance.'),
    ended_at: nullable(instant('When its units went back to the balance.')),
    ended_by: actor('Who cancelled or returned it, or what released it: a job, or the POS of an order.'),
    reward_id: nullable(idOf('rwd', 'The reward.')),
    reward_version: nullable(Type.Integer({ description: 'The version of the reward whose terms the claim carries.' })),
    name: Text,
    program_id: idOf('prg', 'Program whose units pay for it.'),
    program_type: ProgramKind,
    unit: Unit,
    units: Type.Integer({
      description: 'Units held by the claim. 0 for a stamp card, because its stamps were already used.',
    }),
    redemption: nullable(Redemption),
  },
  { title: 'Claim' },
)
export type Claim = Static<typeof Claim>
