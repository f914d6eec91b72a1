// Deliveries: everything that a POS sent, as the business API shows it.
import { type Static, Type } from 'typebox'
import { choice, idOf, instant, nullable, PosName } from './common.ts'

export const DeliveryResult = choice(['processed', 'stale', 'parked', 'ignored', 'failed'], {
  description:
    '`processed`: applied. `stale`: older than what was known. `parked`: a return that waits for its sale. `ignored`: means nothing here. `failed`: could not be applied; replay it when the cause is gone.',
})

export const Event = Type.String({ description: 'What the POS says happened.', examples: ['customer.order.created'] })

const delivery = {
  id: idOf('dlv', 'The delivery.'),
  pos: PosName,
  order_id: nullable(idOf('ord', 'The order that it is a snapshot of.')),
  event: nullable(Event),
  result: DeliveryResult,
  reason: nullable(Type.String({ description: 'Why nothing came of it, as a code.', examples: ['no_customer'] })),
  error: nullable(Type.String({ description: 'What broke, when it failed.' })),
  received_at: instant('When it came.'),
}

export const Delivery = Type.Object(delivery)
export type Delivery = Static<typeof Delivery>

export const DeliveryInFull = Type.Object({
  ...delivery,
  body: Type.Optional(Type.Unknown({ description: 'What was sent, with `include=body`.' })),
})
export type DeliveryInFull = Static<typeof DeliveryInFull>
