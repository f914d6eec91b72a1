// Deliveries in the business API: everything that a POS sent.
import { type Static, Type } from 'typebox'
import { actor, choice, idOf, instant, nullable, PosName } from './common.ts'

export const DELIVERY_RESULTS = ['processed', 'stale', 'parked', 'ignored', 'failed'] as const

export const DeliveryResult = choice([...DELIVERY_RESULTS], {
  description:
    '`processed`: applied. `stale`: a newer state of the order was already known. `parked`: a return whose sale was not received yet. `ignored`: not relevant, such as a draft. `failed`: could not be applied; replay it after fixing the cause.',
})

export const Event = Type.String({ description: 'Event name sent by the POS.', examples: ['customer.order.created'] })

const delivery = {
  id: idOf('dlv', 'The delivery.'),
  pos: PosName,
  order_id: nullable(idOf('ord', 'Order that the delivery contains.')),
  event: nullable(Event),
  result: DeliveryResult,
  reason: nullable(Type.String({ description: 'Code that says why it had no effect.', examples: ['no_customer'] })),
  error: nullable(Type.String({ description: 'Error message, if it failed.' })),
  received_at: instant('When it was received.'),
  replayed_at: nullable(instant('When it was last replayed.')),
  replayed_by: actor('Who replayed it last.'),
}

export const Delivery = Type.Object(delivery)
export type Delivery = Static<typeof Delivery>

export const DeliveryInFull = Type.Object({
  ...delivery,
  body: Type.Optional(
    Type.Unknown({
      description: 'The request body. Only with `include=body`, which needs the scope `deliveries:body`.',
    }),
  ),
})
export type DeliveryInFull = Static<typeof DeliveryInFull>

/** Deliveries of one reference that is not connected. */
export const UnmatchedReference = Type.Object({
  pos: PosName,
  reference: Type.String({ description: 'Reference of the business in the deliveries.', examples: ['1235'] }),
  deliveries: Type.Integer({ description: 'How many are waiting; 1000 stands for 1000 or more.' }),
  first_received_at: instant('When the first of them was received.'),
  last_received_at: instant('When the last of them was received.'),
  deleted_at: instant('When the first of them is deleted if the reference is not connected.'),
})
export type UnmatchedReference = Static<typeof UnmatchedReference>
