// How deliveries go to the ingest thread, and how its answers come back: few messages, and bytes
// that are handed over, not copied.
import type { Delivery } from '../../orders/delivery.ts'
import type { SubmitOutcome } from '../ingest.ts'

/** To the ingest thread. */
export type ToIngest = Handover | { kind: 'close' }

/** From the ingest thread. */
export type FromIngest =
  | { kind: 'answers'; answers: HandedBack[] }
  | { kind: 'batch'; size: number }
  | { kind: 'closed' }

/**
 * Deliveries, and the number by which the first is answered; the others have the numbers after it.
 */
export interface Handover {
  kind: 'deliveries'
  first: number
  heads: Head[]
  /** Of each delivery the body, and after it the order as JSON. */
  bytes: ArrayBuffer
}

/** A delivery without its bytes; a length of 0 is that of no order. */
type Head = Omit<Delivery, 'body' | 'parsed'> & { bodyLength: number; orderLength: number; ignored: string | null }

export type HandedBack = { number: number; outcome: SubmitOutcome }

export function handOver(first: number, deliveries: readonly Delivery[]): Handover {
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

/** The deliveries as they were, on the other side. */
export function takeOver({ heads, bytes }: Handover): Delivery[] {
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
