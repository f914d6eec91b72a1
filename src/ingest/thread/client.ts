// The near side of an ingest that works on another thread: deliveries go there together, and each
// hears its own answer.
import type { Delivery } from '../../orders/delivery.ts'
import type { Ingest, SubmitOutcome } from '../ingest.ts'
import { type FromIngest, handOver, type ToIngest } from './protocol.ts'

/** What a Worker and a MessagePort have in common. */
export interface Channel {
  postMessage(message: ToIngest, transfer: ArrayBuffer[]): void
  on(event: 'message', listen: (message: FromIngest) => void): unknown
}

export interface RemoteIngestOptions {
  /** Deliveries that may be unanswered; beyond them senders are told to come again. */
  maxUnanswered?: number
  /** Told of every batch, for the metrics. */
  onBatch?: (batch: { size: number }) => void
}

export function createRemoteIngest(
  channel: Channel,
  { maxUnanswered = 3_000, onBatch }: RemoteIngestOptions = {},
): Ingest {
  const unanswered = new Map<number, (outcome: SubmitOutcome) => void>()
  const closed = Promise.withResolvers<void>()
  let leaving: Delivery[] = []
  let next = 0
  let closing = false
  channel.on('message', (message) => {
    if (message.kind === 'batch') onBatch?.(message)
    else if (message.kind === 'closed') closed.resolve()
    else
      for (const { number, outcome } of message.answers) {
        unanswered.get(number)?.(outcome)
        unanswered.delete(number)
      }
  })
  const send = () => {
    const message = handOver(next - leaving.length, leaving)
    leaving = []
    channel.postMessage(message, [message.bytes])
  }
  const isFull = () => unanswered.size >= maxUnanswered
  return {
    async submit(delivery) {
      if (closing) return 'unavailable'
      if (isFull()) return 'overloaded'
      // What arrives in the same turn of the event loop leaves together.
      if (leaving.push(delivery) === 1) setImmediate(send)
      const number = next++
      return new Promise((resolve) => unanswered.set(number, resolve))
    },
    depth: () => unanswered.size,
    isFull,
    close() {
      if (!closing) {
        closing = true
        // After what is about to leave.
        setImmediate(() => channel.postMessage({ kind: 'close' }, []))
      }
      return closed.promise
    },
  }
}
