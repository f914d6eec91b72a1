// Claims in the business API: what a customer has set aside under a code, and what became of it.
import { type Static, Type } from 'typebox'
import { Proof } from './cards.ts'
import { choice, date, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

export const NewClaim = Type.Object(
  {
    reward_id: Type.Optional(idOf('rwd', 'A reward of the catalogue.')),
    program_id: Type.Optional(
      idOf('prg', 'Instead of a reward: cashback to spend, a full stamp card, or one use of a subscription.'),
    ),
    amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        description:
          'With a cashback program: how much to spend, in minor units. What the order does not need goes back.',
      }),
    ),
    valid_minutes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1440, default: 10, description: 'How long the code is good.' }),
    ),
    proof: Type.Optional(Proof),
  },
  { additionalProperties: false },
)

export const ClaimStatus = choice(['held', 'redeemed', 'restored', 'expired', 'cancelled'], {
  description:
    '`held`: the code can be used. `expired`, `cancelled`: the units went back. `redeemed`; then `restored` when the order was undone.',
})

const Redemption = Type.Object({
  id: idOf('rdm', 'The redemption.'),
  redeemed_at: instant('When.'),
  by: choice(['till', 'order'], { description: 'Whether the till said so, or only the order did.' }),
  order_id: idOf('ord', 'The order, which may not have arrived yet.'),
  pos_order_id: Type.String({ description: 'The order, as the POS names it.' }),
  pos_branch_id: nullable(Type.String({ description: 'The branch, as the POS names it.' })),
  pos_user_id: nullable(Type.String({ description: 'The cashier, as the POS names them.' })),
  discount: Type.Integer({ description: 'Minor units that were taken off.' }),
  units: Type.Integer({ description: 'Units that were spent.' }),
  restored_units: Type.Integer({ description: 'Of those, what was given back.' }),
  products: nullable(
    Type.Array(
      Type.Object({
        product_id: Type.String({ description: 'As the POS names it.' }),
        quantity: Type.Number({ description: 'Pieces that the reward was for.' }),
      }),
      { description: 'What the till said that the reward was for.' },
    ),
  ),
  business_date: date('The day that it counts for.'),
})

export const Claim = Type.Object(
  {
    id: idOf('clm', 'The claim.'),
    customer_id: idOf('cus', 'Whose it is; nobody else can use the code.'),
    kind: choice(['reward', 'cashback', 'card', 'use'], {
      description: 'A reward of the catalogue, cashback, the reward of a stamp card, or a use of a subscription.',
    }),
    code: Type.String({ description: 'What the customer shows at the till.', examples: ['24564955'] }),
    status: ClaimStatus,
    created_at: instant('When it was made.'),
    expires_at: instant('When the code runs out. The reward does not: its units go back.'),
    ended_at: nullable(instant('When its units went back.')),
    reward_id: nullable(idOf('rwd', 'The reward.')),
    reward_version: nullable(Type.Integer({ description: 'The version of the reward whose terms the claim carries.' })),
    name: Text,
    program_id: idOf('prg', 'In whose units it is paid.'),
    program_type: ProgramKind,
    unit: Unit,
    units: Type.Integer({ description: 'Units set aside; 0 for a card, whose stamps are spent.' }),
    redemption: nullable(Redemption),
  },
  { title: 'Claim' },
)
export type Claim = Static<typeof Claim>
