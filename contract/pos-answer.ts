// What LoyaPro answers to a delivery of an order: the result, the reason, and what moved in the customer's programs.
import { type Static, Type } from 'typebox'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

const Sentence = Type.Object(
  { en: Type.String(), ar: Type.String() },
  { description: 'One sentence in both languages.' },
)

const ProgramTypeSchema = Type.Union([
  Type.Literal('points'),
  Type.Literal('stamps'),
  Type.Literal('cashback'),
  Type.Literal('subscription'),
])

const Movement = Type.Object(
  {
    program_id: Type.String(),
    program_type: ProgramTypeSchema,
    unit: Type.String({ description: 'point, stamp, use, or for cashback the currency, counted in its minor unit.' }),
    units: Type.Integer({ description: 'Positive when the customer gained, negative when units went back.' }),
    balance: Type.Integer({ description: 'Units available after this movement.' }),
    why: Sentence,
  },
  { title: 'Movement' },
)

const Balance = Type.Object(
  {
    program_id: Type.String(),
    program_type: ProgramTypeSchema,
    unit: Type.String(),
    available: Type.Integer(),
    pending: Type.Integer({ description: 'Earned, and available later.' }),
  },
  { title: 'Balance' },
)

export const OrderResult = Type.Union([
  Type.Literal('processed'),
  Type.Literal('duplicate'),
  Type.Literal('stale'),
  Type.Literal('parked'),
  Type.Literal('ignored'),
  Type.Literal('unmatched'),
  Type.Literal('failed'),
])
export type OrderResult = Static<typeof OrderResult>

export const OrderAnswer = Type.Object(
  {
    event_id: Type.String({ description: 'The delivery as LoyaPro keeps it; the same for a repetition.' }),
    result: OrderResult,
    reason: Nullable(Type.String({ description: 'Why nothing was earned, or why the delivery had no effect.' })),
    order: Nullable(Type.Object({ id: Type.String(), pos_order_id: Type.String(), status: Type.String() })),
    customer: Nullable(Type.Object({ id: Type.String(), phone: Type.String() })),
    movements: Type.Array(Movement),
    balances: Type.Array(Balance),
  },
  { title: 'OrderAnswer' },
)
export type OrderAnswer = Static<typeof OrderAnswer>
