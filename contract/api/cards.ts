// The customer's card and one-time passwords: the ways in which a customer proves at the till that
// a claim is theirs.
import { type Static, Type } from 'typebox'
import { actor, idOf, instant, nullable } from './common.ts'

const token = Type.String({
  minLength: 1,
  maxLength: 200,
  description:
    'Token that the card shows as a QR code. Anyone who has it can redeem for the customer, so treat it as a secret.',
  examples: [`lpc_${'0123456789abcdefghjkmnpqrstvwxyz'.repeat(2).slice(0, 48)}`],
})

export const CustomerCard = Type.Object({
  token,
  serial: Type.Integer({
    description: 'Serial number of the customer’s card. Earlier cards no longer work.',
    examples: [1],
  }),
  renewed_by: actor('Who renewed the card last. null for a first card.'),
})
export type CustomerCard = Static<typeof CustomerCard>

export const CardToRead = Type.Object({ token }, { additionalProperties: false })

export const CardHolder = Type.Object({
  id: idOf('cus', 'Whose card it is.'),
  name: nullable(Type.String({ description: 'Full name.', examples: ['Sample Customer'] })),
})
export type CardHolder = Static<typeof CardHolder>

export const SentPassword = Type.Object({
  expires_at: instant('From when on the password is worth nothing.'),
  next_at: instant('From when on another one can be sent.'),
})
export type SentPassword = Static<typeof SentPassword>

/**
 * Proof from the customer: exactly one of the two. One object instead of a union, so that an error
 * names the right field.
 */
export const Proof = Type.Object(
  {
    card_token: Type.Optional(token),
    one_time_password: Type.Optional(
      Type.String({
        minLength: 6,
        maxLength: 6,
        description: 'The six-digit one-time password sent to the customer. Arabic digits are accepted.',
        examples: ['482913'],
      }),
    ),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description: 'Either the token of the customer’s card or the one-time password sent to their phone.',
  },
)
export type Proof = Static<typeof Proof>
