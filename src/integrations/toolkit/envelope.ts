// Reads the envelope that Foodics and the standard format share: business, event and time; and
// decides the outcome of a body without a usable order.
import type { PosOrder } from '../../../contract/pos-order.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { foldText } from '../../kernel/text.ts'
import type { ParseOutcome } from '../integration.ts'
import { idOf, type Json, objectOf, textOf } from './clean.ts'
import { isAbsent } from './problems.ts'
import { Reader } from './reader.ts'
import { readInstant } from './times.ts'

/**
 * Reads one order and reports problems to the reader. `draft`: the order is not placed yet.
 * `unknown_status`: the integration does not know its status. A deleted order is void, whatever its
 * status.
 */
export type ReadOrder = (
  order: Json,
  timestamp: EpochMs,
  read: Reader,
  deleted: boolean,
) => PosOrder | 'draft' | 'unknown_status'

/** The reference of the business, as text; null when the body has no usable one. */
export function referenceInEnvelope(body: unknown): string | null {
  return idOf(objectOf(objectOf(body)?.business)?.reference, MAX_REFERENCE) ?? null
}

export function parseEnvelope(body: unknown, readOrder: ReadOrder): ParseOutcome {
  const read = new Reader()
  const envelope = objectOf(body)
  if (envelope === null) {
    read.report('', body, 'body')
    return { kind: 'invalid', errors: read.problems }
  }
  const businessReference = readReference(envelope, read)
  const event = readEvent(envelope, read)
  const name = foldText(event)
  const deleted = DELETED_EVENTS.has(name)
  if (!ORDER_EVENTS.has(name) && !(deleted && isWhole(envelope, readOrder))) {
    if (read.problems.length > 0) return { kind: 'invalid', errors: read.problems }
    const timestamp = readInstant(envelope.timestamp, 'UTC') ?? 0
    return { kind: 'ignored', businessReference, event, timestamp, reason: 'unknown_event' }
  }
  const timestamp = readTimestamp(envelope, read)
  const json = read.object('/order', envelope.order)
  if (objectOf(envelope.order) === null) return { kind: 'invalid', errors: read.problems }
  const order = readOrder(json, timestamp, read, deleted)
  const isUnknown = (order === 'unknown_status' || read.hasUnknown) && read.problems.length === 0
  const reason = order === 'draft' ? 'draft' : isUnknown ? 'unknown_status' : null
  if (reason !== null && businessReference !== '') {
    const posOrderId = idOf(json.id)
    return { kind: 'ignored', businessReference, event, timestamp, reason, ...(posOrderId && { posOrderId }) }
  }
  if (order === 'draft' || order === 'unknown_status' || read.problems.length > 0) {
    return { kind: 'invalid', errors: read.problems }
  }
  if (CREATED_EVENTS.has(event.toLowerCase())) order.version.created = true
  return { kind: 'order', businessReference, event, timestamp, order }
}

/** Events that contain a snapshot of an order. Empty: the body does not name an event. */
const ORDER_EVENTS: ReadonlySet<string> = new Set([
  '',
  'order.created',
  'order.updated',
  'customer.order.created',
  'customer.order.updated',
])

/** Of two snapshots of one instant, the creation is the older one. */
const CREATED_EVENTS: ReadonlySet<string> = new Set(['order.created', 'customer.order.created'])

/** Events that state that an order was deleted. */
const DELETED_EVENTS: ReadonlySet<string> = new Set(['order.deleted', 'customer.order.deleted'])

/** A deletion without a complete order, for example with only its ID, is an unknown event. */
function isWhole(envelope: Json, readOrder: ReadOrder): boolean {
  const read = new Reader()
  const timestamp = readTimestamp(envelope, read)
  readOrder(read.object('/order', envelope.order), timestamp, read, true)
  return read.problems.length === 0
}

const MAX_REFERENCE = 64

function readReference(envelope: Json, read: Reader): string {
  const reference = objectOf(envelope.business)?.reference
  const usable = idOf(reference, MAX_REFERENCE)
  if (usable === undefined) read.report('/business/reference', reference, 'reference')
  return usable ?? ''
}

function readEvent(envelope: Json, read: Reader): string {
  if (isAbsent(envelope.event)) return ''
  if (typeof envelope.event !== 'string') read.report('/event', envelope.event, 'event')
  return textOf(envelope.event) ?? ''
}

/** The timestamp is in UTC, whatever the zone of the business. */
function readTimestamp(envelope: Json, read: Reader): EpochMs {
  const timestamp = readInstant(envelope.timestamp, 'UTC')
  if (timestamp === null) read.report('/timestamp', envelope.timestamp, 'timestamp')
  return timestamp ?? 0
}
