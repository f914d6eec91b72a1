// Privacy in the business API: erasures of customers, and what ends with them.
import { type Static, Type } from 'typebox'
import { actor, choice, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

const count = (description: string) => Type.Integer({ description, examples: [0] })

const endedUnits = Type.Array(
  Type.Object({
    program_id: idOf('prg', 'The program.'),
    program_type: ProgramKind,
    program_name: Text,
    unit: Unit,
    units: Type.Integer({ description: 'Units that end. Negative: a debt that is written off.', examples: [24] }),
  }),
  { description: 'One entry per program in which the balance is not 0.' },
)

const ends = {
  orders: count('Orders that stay without their customer.'),
  claims: count('Open codes that are cancelled.'),
  subscriptions: count('Running subscriptions that end.'),
  cards: count('Completed stamp cards that end.'),
  balances: endedUnits,
}

export const Erasure = Type.Object({
  id: idOf('ers', 'The erasure.'),
  customer_id: idOf('cus', 'The customer who was erased. The ID stays in orders and movements, and leads to nobody.'),
  merged: Type.Array(Type.String(), {
    description: 'IDs of the customers who had been merged into this one, and were erased with them.',
  }),
  status: choice(['searching', 'completed'], {
    description:
      '`searching`: the profile is gone, and stored deliveries are being searched for the customer. `completed`: nothing of the customer is left.',
  }),
  erased_at: instant('When the profile was deleted and the balances ended.'),
  erased_by: actor('Who erased the customer.'),
  completed_at: nullable(instant('When the search of stored deliveries was finished.')),
  ended: Type.Object(ends, { description: 'What ended.' }),
})
export type Erasure = Static<typeof Erasure>

export const ErasurePreview = Type.Object({
  customer_id: idOf('cus', 'The customer.'),
  ...ends,
  merged: count('Customers who were merged into this one, and are erased with them.'),
  phones: count('Mobile numbers, present and former ones, that a new customer can have afterwards.'),
})
export type ErasurePreview = Static<typeof ErasurePreview>

const records = (description: string) => Type.Array(Type.Object({}, { additionalProperties: true }), { description })

/** Streamed, so it is described and not serialised by the schema. */
export const CustomerExport = Type.Object({
  exported_at: instant('When the export was made.'),
  business: Type.Object(
    { id: idOf('biz', 'The business.') },
    { description: 'The business that knows the customer.', additionalProperties: true },
  ),
  customer: Type.Object(
    {},
    {
      description:
        'The profile, what staff or the customer entered and when, what the POS stated, former numbers, and IDs at POS systems.',
      additionalProperties: true,
    },
  ),
  merged_customers: records('Customers who were merged into this one.'),
  notes: records('Notes of staff on the customer.'),
  balances: records('Balances with their upcoming expiries.'),
  subscriptions: records('Every subscription, running or ended.'),
  stamp_cards: records('Every completed stamp card.'),
  claims: records('Every claim with its redemption.'),
  movements: records('Every movement with its reason.'),
  orders: records(
    'Every order with what the POS said of the customer, its lines, and the deliveries as they were sent.',
  ),
  complete: Type.Boolean({ description: 'true. A response without it was cut off.' }),
})
