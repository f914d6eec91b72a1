// What identifies an order and a delivery: ids that follow from the thing itself, so that a
// repetition meets the first one.
import { createHash } from 'node:crypto'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { derivedId, markedUuid } from '../kernel/ids.ts'

/**
 * The id of the order row for a POS's order id; known before the order is, so a return can point at
 * a sale not seen yet.
 */
export function orderId(businessId: Uuid, posName: string, posOrderId: string): Uuid {
  return derivedId('order', businessId, posName, posOrderId)
}

/**
 * The id of a delivery: a UUIDv7 whose time is that of the event and whose random bits are a hash
 * of POS, reference and raw body. The body holds the order's id and version, so equal ids mean the
 * same delivery. Times that a UUIDv7 cannot hold are 0.
 */
export function deliveryId(posName: string, reference: string, eventAt: EpochMs, body: Buffer): Uuid {
  const known = createHash('sha256').update(`${posName}\0${reference}\0`).update(body).digest('hex')
  const ms = Number.isSafeInteger(eventAt) && eventAt > 0 && eventAt < 2 ** 48 ? eventAt : 0
  // A digit that the version takes stands between the time and the first three of the hash.
  return markedUuid(`${ms.toString(16).padStart(12, '0')}0${known.slice(0, 3)}${known.slice(4, 20)}`, 7)
}
