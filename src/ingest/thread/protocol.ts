// The messages to and from the ingest thread: few, and their bytes are transferred, not copied.
import type { Delivery } from '../../orders/delivery.ts'
import type { SubmitOutcome } from '../ingest.ts'

/** To the ingest thread. */
export type ToIngest = DeliveriesMessage | { kind: 'close' }

/** From the ingest thread. */
export type FromIngest =
  | { kind: 'outcomes'; outcomes: NumberedOutcome[] }
  | { kind: 'batch'; size: number }
  | { kind: 'closed' }

/** Deliveries; the first is answered under the number `first`, the others under the next ones. */
export interface DeliveriesMessage {
  kind: 'deliveries'
  first: number
  heads: Head[]
  /** For each delivery the body, then the order as JSON. */
  bytes: ArrayBuffer
}

/** A delivery without its bytes. `orderLength` is 0 where it has no order. */
type Head = Omit<Delivery, 'body' | 'parsed'> & { bodyLength: number; orderLength: number; ignored: string | null }

export type NumberedOutcome = { number: number; outcome: SubmitOutcome }

export function encodeDeliveries(first: number, deliveries: readonly Delivery[]): DeliveriesMessage {
  const texts = deliveries.map(({ parsed }) => (parsed.kind === 'order' ? JSON.stringify(parsed.order) : ''))
  const heads = deliveries.map(({ body, parsed, ...rest }, index) => ({
    ...rest,
    bodyLength: body.length,
    orderLength: Buffer.byteLength(texts[index] ?? ''),
    ignored: parsed.kind === 'ignored' ? parsed.reason : null,
  }))
  const bytes = new ArrayBuffer(heads.reduce((sum, head) => sum + head.bodyLength + head.orderLength, 0))
  const target = Buffer.from(bytes)
  let at = 0
  deliveries.forEach(({ body }, index) => {
    at += body.copy(target, at)
    at += target.write(texts[index] ?? '', at)
  })
  return { kind: 'deliveries', first, heads, bytes }
}

/** The deliveries as they were before `encodeDeliveries`. */
export function decodeDeliveries({ heads, bytes }: DeliveriesMessage): Delivery[] {
  let at = 0
  const next = (length: number) => {
    at += length
    return Buffer.from(bytes, at - length, length)
  }
  return heads.map(({ bodyLength, orderLength, ignored, ...rest }) => {
    const body = next(bodyLength)
    const text = next(orderLength)
    const parsed: Delivery['parsed'] =
      ignored === null
        ? { kind: 'order', order: JSON.parse(text.toString()), text }
        : { kind: 'ignored', reason: ignored }
    return { ...rest, body, parsed }
  })
}
