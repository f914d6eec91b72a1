// The archive record of a delivery: body, order as read, and answer, compressed together (pure).
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import { must } from '../kernel/assert.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'

/** What an archive record contains. */
export interface Delivered {
  /** As received, byte for byte. */
  body: Buffer
  /** The canonical order in JSON; null when the delivery has no order that LoyaPro applies. */
  order: Buffer | string | null
  answer: OrderAnswer
}

/**
 * Ids that the row of `deliveries` contains, so the record omits them: they are derived from hashes
 * and do not compress.
 */
export interface RecordKey {
  id: Uuid
  orderId: Uuid | null
}

/** The lengths of body and order in bytes (0: no order), as two little-endian 32-bit integers. */
const HEAD_BYTES = 8
const NOTHING = Buffer.alloc(0)

/**
 * The lengths, then body, order and answer. Every record of a business has the same layout, so that
 * a record is a good dictionary for the next one: common parts are at the same distance.
 */
export function recordOf({ body, order, answer }: Delivered): Buffer {
  return recordFrom({
    body,
    order: typeof order === 'string' ? Buffer.from(order) : (order ?? NOTHING),
    answer: Buffer.from(JSON.stringify(withoutIds(answer))),
  })
}

/** The three texts of a record; the order is empty when there is none. */
export type RecordTexts = Record<'body' | 'order' | 'answer', Buffer>

export function recordFrom({ body, order, answer }: RecordTexts): Buffer {
  const head = Buffer.allocUnsafe(HEAD_BYTES)
  head.writeUInt32LE(body.length, 0)
  head.writeUInt32LE(order.length, 4)
  return Buffer.concat([head, body, order, answer])
}

export function bodyIn(record: Buffer): Buffer {
  return record.subarray(HEAD_BYTES, HEAD_BYTES + record.readUInt32LE(0))
}

/** Null when the delivery has no order. */
export function orderIn(record: Buffer): PosOrder | null {
  const start = HEAD_BYTES + record.readUInt32LE(0)
  const length = record.readUInt32LE(4)
  return length === 0 ? null : JSON.parse(record.toString('utf8', start, start + length))
}

/** The answer as it was sent. */
export function answerIn(record: Buffer, { id, orderId }: RecordKey): OrderAnswer {
  const stored: StoredAnswer = JSON.parse(
    record.toString('utf8', HEAD_BYTES + record.readUInt32LE(0) + record.readUInt32LE(4)),
  )
  const order = stored.order && { id: formatId('order', must(orderId, 'the order of an answer')), ...stored.order }
  return { event_id: formatId('delivery', id), ...stored, order }
}

/** Views of the texts in the record. */
export function textsOf(record: Buffer): RecordTexts {
  const orderAt = HEAD_BYTES + record.readUInt32LE(0)
  const answerAt = orderAt + record.readUInt32LE(4)
  return { body: bodyIn(record), order: record.subarray(orderAt, answerAt), answer: record.subarray(answerAt) }
}

/** The ID of the customer whom the answer names; null when it names nobody. */
export function answeredTo(answer: Buffer): string | null {
  const { customer }: StoredAnswer = JSON.parse(answer.toString())
  return customer?.id ?? null
}

/** The answer without its customer and their balances. */
export function answerToNobody(answer: Buffer): Buffer {
  const stored: StoredAnswer = JSON.parse(answer.toString())
  return Buffer.from(JSON.stringify({ ...stored, customer: null, balances: [] }))
}

type StoredAnswer = ReturnType<typeof withoutIds>

function withoutIds({ event_id: _, ...answer }: OrderAnswer) {
  const { order } = answer
  return { ...answer, order: order && { pos_order_id: order.pos_order_id, status: order.status } }
}
