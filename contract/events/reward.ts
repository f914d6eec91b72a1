// Events of claims of rewards.
import { Type } from 'typebox'

const Claim = Type.Object({
  version: Type.Literal(1),
  customer_id: Type.String(),
  program_id: Type.String(),
  kind: Type.Union([Type.Literal('reward'), Type.Literal('cashback'), Type.Literal('card'), Type.Literal('use')]),
  status: Type.Union([
    Type.Literal('held'),
    Type.Literal('redeemed'),
    Type.Literal('restored'),
    Type.Literal('expired'),
    Type.Literal('cancelled'),
  ]),
  reward_id: Type.Union([Type.String(), Type.Null()]),
  name: Type.Object({ en: Type.String(), ar: Type.String() }),
  units: Type.Integer(),
  /** The order for which it was redeemed. */
  order_id: Type.Union([Type.String(), Type.Null()]),
})

/** Subject: the claim. */
export const REWARD_EVENTS = {
  'reward.claimed': Claim,
  'reward.redeemed': Claim,
  /** Its order was voided or returned, or staff returned it. */
  'reward.restored': Claim,
  /** It expired or was cancelled before it was redeemed; `status` says which. */
  'reward.expired': Claim,
}
