// Events of stamp cards.
import { Type } from 'typebox'

export const CARD_EVENTS = {
  /** A stamp card is full. Subject: the card. */
  'card.completed': Type.Object({
    version: Type.Literal(1),
    customer_id: Type.String(),
    program_id: Type.String(),
    number: Type.Integer(),
    goal: Type.Integer(),
    won_at: Type.String(),
    expires_at: Type.Union([Type.String(), Type.Null()]),
  }),
}
