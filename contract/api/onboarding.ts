// What a business needs to get going, in the business API: the steps of setting up, what needs a
// person, the state of a POS that is being connected, and test orders.
import { type Static, Type } from 'typebox'
import { choice, idOf, instant, nullable, PosName, Text } from './common.ts'

export const Setup = Type.Object(
  {
    pos_connected: Type.Boolean({ description: 'A POS is connected.' }),
    program_active: Type.Boolean({ description: 'A program is active.' }),
    reward_active: Type.Boolean({ description: 'A reward can be claimed, or a program gives its own.' }),
    first_order: Type.Boolean({ description: 'An order of a POS was received. Test orders do not count.' }),
  },
  { title: 'Setup', description: 'Steps of setting up, as facts of the business.' },
)
export type Setup = Static<typeof Setup>

export const WorkItem = Type.Object(
  {
    kind: choice(['failed_deliveries', 'refused_deliveries', 'parked_returns', 'flagged_orders', 'expiring_units'], {
      description:
        '`failed_deliveries`: could not be applied. `refused_deliveries`: requests of a POS that were refused in the last day. `parked_returns`: returns whose sale was not received. `flagged_orders`: of the last 7 days. `expiring_units`: units that expire within 30 days.',
    }),
    count: Type.Integer({ description: 'How many. At most 100 orders, 20 requests of each POS, or all customers.' }),
    from: instant('The oldest of them; for units, when the first expire.'),
    to: instant('The newest of them.'),
    total: nullable(Type.Integer({ description: 'Sum of the orders, in minor units.' })),
    program_id: nullable(idOf('prg', 'Program whose units expire.')),
    units: nullable(Type.Integer({ description: 'Units that expire.' })),
    pos: nullable(PosName),
  },
  { title: 'WorkItem' },
)
export type WorkItem = Static<typeof WorkItem>

export const WorkList = Type.Object({ setup: Setup, data: Type.Array(WorkItem) })
export type WorkList = Static<typeof WorkList>

export const PosRefusal = Type.Object(
  {
    at: instant('When the request came.'),
    reason: choice(['wrong_token', 'wrong_secret', 'not_connected', 'invalid_order'], {
      description: 'Stable identifier. Use it in your code.',
    }),
    title: Type.Object(Text.properties, { description: 'What is wrong.' }),
    detail: Type.Object(Text.properties, { description: 'What happens with the order, and what mends it.' }),
    remedy: choice(['new_token', 'send_secret', 'connect_reference', 'fix_order'], {
      description: 'The one act that mends it.',
    }),
    reference: nullable(Type.String({ description: 'Reference of the business that the request named.' })),
    errors: Type.Array(
      Type.Object({
        pointer: Type.String({ description: 'JSON Pointer to the value in the order.' }),
        message: Type.String({ description: 'What is wrong and how to fix it.' }),
        message_ar: Type.Optional(Type.String({ description: 'The same in Arabic.' })),
      }),
      { description: 'The problems of an invalid order, at most five.' },
    ),
  },
  { title: 'PosRefusal' },
)
export type PosRefusal = Static<typeof PosRefusal>

export const PosStatus = Type.Object(
  {
    pos: PosName,
    order_url: Type.String({ description: 'Address to which the POS posts orders.' }),
    references: Type.Array(Type.String(), {
      description: 'References of the business in this POS that are connected.',
    }),
    latest_order: nullable(
      Type.Object(
        {
          id: idOf('ord', 'The order.'),
          received_at: instant('When it came first.'),
          has_customer: Type.Boolean({ description: 'The order names a customer, so it can earn.' }),
          reason: nullable(Type.String({ description: 'Code that says why it earned nothing.' })),
        },
        { description: 'The latest order of this POS. null if none is among the latest orders.' },
      ),
    ),
    refusals: Type.Array(PosRefusal, {
      description:
        'Some of the latest refused requests of the last day, newest first. Those older than the latest order are left out.',
    }),
  },
  { title: 'PosStatus' },
)
export type PosStatus = Static<typeof PosStatus>

export const NewTestOrder = Type.Object(
  {
    phone: Type.Optional(
      Type.String({
        minLength: 3,
        maxLength: 30,
        description: 'Phone number of the customer. Default: an example number of the country.',
        examples: ['+966500000001'],
      }),
    ),
  },
  { additionalProperties: false },
)
