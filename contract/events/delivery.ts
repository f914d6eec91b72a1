// Events of deliveries.
import { Type } from 'typebox'

export const DELIVERY_EVENTS = {
  /** A delivery could not be processed and is stored. Subject: the delivery. */
  'delivery.failed': Type.Object({ version: Type.Literal(1), pos: Type.String(), error: Type.String() }),
}
