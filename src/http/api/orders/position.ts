// Where a page of orders ended: orders are sorted by their own time, then by id.
import { Type } from 'typebox'
import type { OrderHead, OrderPosition as Position } from '../../../orders/read.ts'
import { CursorId } from '../show.ts'

/** The milliseconds that a JavaScript date can hold. */
export const OrderPosition = Type.Object({
  at: Type.Integer({ minimum: -8_640_000_000_000_000, maximum: 8_640_000_000_000_000 }),
  id: CursorId,
})

export function positionOf({ occurred_at, id }: OrderHead): Position {
  return { at: occurred_at, id }
}
