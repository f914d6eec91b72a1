// The calling side of the ingest thread: sends deliveries together, and resolves each with its own
// outcome.
import type { Delivery } from '../../orders/delivery.ts'
import type { Ingest, SubmitOutcome } from '../ingest.ts'
import { encodeDeliveries, type FromIngest, type ToIngest } from './protocol.ts'

/** What a Worker and a MessagePort have in common. */
export interface Channel {
  postMessage(message: ToIngest, transfer: ArrayBuffer[]): void
  on(event: 'message', listen: (message: FromIngest) => void): unknown
}

export interface RemoteIngestOptions {
  /** The most deliveries without an answer; `submit` refuses more as `overloaded`. */
  maxUnanswered?: number
  /** Called after every batch, for the metrics. */
  onBatch?: (batch: { size: number }) => void
}

export function createRemoteIngest(
  channel: Channel,
  { maxUnanswered = 3_000, onBatch }: RemoteIngestOptions = {},
): Ingest {
  const unanswered = new Map<number, (outcome: SubmitOutcome) => void>()
  const closed = Promise.withResolvers<void>()
  let outgoing: Delivery[] = []
  let next = 0
  let closing = false
  channel.on('message', (message) => {
    if (message.kind === 'batch') onBatch?.(message)
    else if (message.kind === 'closed') closed.resolve()
    else
      for (const { number, outcome } of message.outcomes) {
        unanswered.get(number)?.(outcome)
        unanswered.delete(number)
      }
  })
  const send = () => {
    const message = encodeDeliveries(next - outgoing.length, outgoing)
    outgoing = []
    channel.postMessage(message, [message.bytes])
  }
  const isFull = () => unanswered.size >= maxUnanswered
  return {
    async submit(delivery) {
      if (closing) return 'unavailable'
      if (isFull()) return 'overloaded'
      // Deliveries of one turn of the event loop share a message.
      if (outgoing.push(delivery) === 1) setImmediate(send)
      const number = next++
      return new Promise((resolve) => unanswered.set(number, resolve))
    },
    depth: () => unanswered.size,
    isFull,
    close() {
      if (!closing) {
        closing = true
        // After the deliveries of this turn.
        setImmediate(() => channel.postMessage({ kind: 'close' }, []))
      }
      return closed.promise
    },
  }
}
