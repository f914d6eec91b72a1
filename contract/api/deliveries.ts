// Deliveries in the business API: everything that a POS sent.
import { type Static, Type } from 'typebox'
import { actor, choice, idOf, instant, nullable, PosName } from './common.ts'

export const DeliveryResult = choice(['processed', 'stale', 'parked', 'ignored', 'failed'], {
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
  body: Type.Optional(Type.Unknown({ description: 'The request body. Only with `include=body`.' })),
})
export type DeliveryInFull = Static<typeof DeliveryInFull>
