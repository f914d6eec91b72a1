// Events of orders.
import { Type } from 'typebox'

export const ORDER_EVENTS = {
  /** A delivery of an order took effect. Subject: the order. */
  'order.processed': Type.Object({
    version: Type.Literal(1),
    delivery_id: Type.String(),
    pos: Type.String(),
    pos_order_id: Type.Union([Type.String(), Type.Null()]),
    status: Type.Union([Type.String(), Type.Null()]),
    customer_id: Type.Union([Type.String(), Type.Null()]),
  }),
}
