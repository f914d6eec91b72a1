// Where a page of orders ended: orders are sorted by their own time, then by id.
import { Type } from 'typebox'
import type { OrderHead, OrderPosition as Position } from '../../../orders/read.ts'
import { CursorId, CursorInstant } from '../format.ts'

export const OrderPosition = Type.Object({
  at: CursorInstant,
  id: CursorId,
})

export function positionOf({ occurred_at, id }: OrderHead): Position {
  return { at: occurred_at, id }
}
