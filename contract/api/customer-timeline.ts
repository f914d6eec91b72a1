// The timeline of a customer in the business API: everything that happened, in one list.
import { type Static, Type } from 'typebox'
import { Claim } from './claims.ts'
import { actor, choice, date, idOf, instant, nullable, PosName, Text } from './common.ts'
import { CustomerNote } from './customer-notes.ts'
import { LedgerEntry, Subscription } from './customers.ts'

export const TIMELINE_TYPES = ['movement', 'order', 'claim', 'subscription', 'merge', 'phone', 'note'] as const

/** An order, in a timeline. */
const OrderRef = Type.Object({
  id: idOf('ord', 'The order.'),
  pos: PosName,
  reference: nullable(Type.String({ description: 'Order number, as staff see it.', examples: ['00292'] })),
  branch_id: nullable(idOf('brn', 'Where it was sold.')),
  business_date: date('Business day of the branch.'),
  occurred_at: instant('When the order was closed.'),
  total: Type.Integer({ description: 'Total, including tax, in minor units of `currency`.' }),
  currency: Type.String({ description: 'ISO 4217.', examples: ['SAR'] }),
  reason: nullable(Type.String({ description: 'Code that says why the order earned nothing.' })),
  reason_text: nullable(Type.Object(Text.properties, { description: '`reason` in words.' })),
})

export const TimelineEntry = Type.Object({
  type: choice([...TIMELINE_TYPES], {
    description:
      '`movement`: of a balance. `order`: one that earned nothing. `claim`: a code for a reward. `subscription`: a plan. `merge`: another customer was merged into this one. `phone`: the number was changed. `note`: of staff.',
  }),
  at: instant('When it was recorded; for an order, when it was placed. The list is sorted by it.'),
  movement: Type.Optional(LedgerEntry),
  order: Type.Optional(OrderRef),
  claim: Type.Optional(Claim),
  subscription: Type.Optional(Subscription),
  merge: Type.Optional(
    Type.Object(
      {
        customer_id: idOf('cus', 'The customer that was merged into this one.'),
        name: nullable(Type.String({ description: 'Their name.' })),
        phone: Type.String({ description: 'Their number.' }),
        reason: Type.String({ description: 'The reason given.' }),
        actor: actor('Who merged them.'),
      },
      { description: 'For the type `merge`.' },
    ),
  ),
  phone: Type.Optional(
    Type.Object(
      {
        from: Type.String({ description: 'The number until then.' }),
        reason: Type.String({ description: 'The reason given.' }),
        actor: actor('Who changed it.'),
      },
      { description: 'For the type `phone`.' },
    ),
  ),
  note: Type.Optional(CustomerNote),
})
export type TimelineEntry = Static<typeof TimelineEntry>
