// The frame of a delivery: what was sent, how it was read and what was answered, as one piece to
// compress (pure).
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import { must } from '../kernel/assert.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'

/** What a delivery came to. */
export interface Delivered {
  /** As it was sent, byte for byte. */
  body: Buffer
  /**
   * As the adapter read it, in JSON; null when the delivery carries no order that anything follows
   * from.
   */
  order: Buffer | string | null
  answer: OrderAnswer
}

/**
 * The row of `deliveries` that a frame lies in knows these ids: they follow from hashes, so no
 * compression makes them smaller.
 */
export interface RecordKey {
  id: Uuid
  orderId: Uuid | null
}

/** Two lengths in bytes, of body and order (0: none), each 32 bits with the lowest first. */
const HEAD_BYTES = 8
const NOTHING = Buffer.alloc(0)

/**
 * The lengths, then body, order and answer. The texts follow each other as in every other frame of
 * the business, so that one frame is the best dictionary of the next: what they have in common lies
 * at the same distance all the way through.
 */
export function recordOf({ body, order, answer }: Delivered): Buffer {
  const orderText = typeof order === 'string' ? Buffer.from(order) : (order ?? NOTHING)
  const answerText = Buffer.from(JSON.stringify(withoutIds(answer)))
  const head = Buffer.allocUnsafe(HEAD_BYTES)
  head.writeUInt32LE(body.length, 0)
  head.writeUInt32LE(orderText.length, 4)
  return Buffer.concat([head, body, orderText, answerText])
}

export function bodyIn(frame: Buffer): Buffer {
  return frame.subarray(HEAD_BYTES, HEAD_BYTES + frame.readUInt32LE(0))
}

/** Null when the delivery carried no order. */
export function orderIn(frame: Buffer): PosOrder | null {
  const start = HEAD_BYTES + frame.readUInt32LE(0)
  const length = frame.readUInt32LE(4)
  return length === 0 ? null : JSON.parse(frame.toString('utf8', start, start + length))
}

/** The words of the answer as they were given. */
export function answerIn(frame: Buffer, { id, orderId }: RecordKey): OrderAnswer {
  const kept: KeptAnswer = JSON.parse(
    frame.toString('utf8', HEAD_BYTES + frame.readUInt32LE(0) + frame.readUInt32LE(4)),
  )
  const order = kept.order && { id: formatId('order', must(orderId, 'the order of an answer')), ...kept.order }
  return { event_id: formatId('delivery', id), ...kept, order }
}

/** The three texts where they lie in the frame; that of the order is empty when there is none. */
export function partsOf(frame: Buffer): Record<'body' | 'order' | 'answer', Buffer> {
  const orderAt = HEAD_BYTES + frame.readUInt32LE(0)
  const answerAt = orderAt + frame.readUInt32LE(4)
  return { body: bodyIn(frame), order: frame.subarray(orderAt, answerAt), answer: frame.subarray(answerAt) }
}

type KeptAnswer = ReturnType<typeof withoutIds>

function withoutIds({ event_id: _, ...answer }: OrderAnswer) {
  const { order } = answer
  return { ...answer, order: order && { pos_order_id: order.pos_order_id, status: order.status } }
}
