// The answer to a delivery: result, reason, and the movements in the customer's programs.
import { type Static, Type } from 'typebox'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

const Sentence = Type.Object(
  { en: Type.String(), ar: Type.String() },
  { description: 'The same sentence in English and Arabic.' },
)

const ProgramTypeSchema = Type.Union(
  [Type.Literal('points'), Type.Literal('stamps'), Type.Literal('cashback'), Type.Literal('subscription')],
  { description: 'Type of the program.' },
)

const Movement = Type.Object(
  {
    program_id: Type.String({ description: 'The program.' }),
    program_type: ProgramTypeSchema,
    unit: Type.String({
      description:
        '`point`, `stamp` or `use`; for cashback, the ISO 4217 currency code, and units are minor units of it.',
    }),
    units: Type.Integer({ description: 'Positive when units were added, negative when units were deducted.' }),
    balance: Type.Integer({ description: 'Available balance after this movement.' }),
    why: Sentence,
  },
  { title: 'Movement' },
)

const Balance = Type.Object(
  {
    program_id: Type.String({ description: 'The program.' }),
    program_type: ProgramTypeSchema,
    unit: Type.String({ description: 'As in movements.' }),
    available: Type.Integer({ description: 'Units that can be spent.' }),
    pending: Type.Integer({ description: 'Earned but not available yet.' }),
  },
  { title: 'Balance' },
)

export const OrderResult = Type.Union(
  [
    Type.Literal('processed'),
    Type.Literal('duplicate'),
    Type.Literal('stale'),
    Type.Literal('parked'),
    Type.Literal('ignored'),
    Type.Literal('unmatched'),
    Type.Literal('failed'),
  ],
  { description: 'What the delivery led to.' },
)
export type OrderResult = Static<typeof OrderResult>

export const OrderAnswer = Type.Object(
  {
    event_id: Type.String({ description: 'Id of the webhook delivery. A repeated delivery gets the same id.' }),
    result: OrderResult,
    reason: Nullable(
      Type.String({ description: 'Code that says why nothing was earned or why the delivery had no effect.' }),
    ),
    order: Nullable(
      Type.Object({
        id: Type.String({ description: 'The order.' }),
        pos_order_id: Type.String({ description: 'ID of the order in the POS.' }),
        status: Type.String({ description: 'Status of the order.' }),
      }),
    ),
    customer: Nullable(
      Type.Object({
        id: Type.String({ description: 'The customer.' }),
        phone: Type.String({ description: 'Phone number in international format.' }),
      }),
    ),
    movements: Type.Array(Movement, {
      description:
        'At most 100. Equal movements that follow each other, such as several completed cards, are one entry.',
    }),
    balances: Type.Array(Balance, { description: 'Balances of the customer after the order.' }),
    more_movements: Type.Optional(
      Type.Integer({
        description: "Number of movements that are not listed; see the customer's ledger. Omitted if all are.",
      }),
    ),
  },
  { title: 'OrderAnswer' },
)
export type OrderAnswer = Static<typeof OrderAnswer>
