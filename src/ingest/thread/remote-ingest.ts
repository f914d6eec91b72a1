// Both ends of an ingest on its own thread: the caller's sends deliveries together and resolves
// each with its own outcome; the thread's submits them and sends their outcomes back together.
import type { Delivery } from '../../orders/delivery.ts'
import type { Ingest, SubmitOutcome } from '../ingest.ts'
import { decodeDeliveries, encodeDeliveries, type FromIngest, type NumberedOutcome, type ToIngest } from './protocol.ts'

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

/** The port of a thread to the one that started it. */
export interface Port {
  postMessage(message: FromIngest): void
  on(event: 'message', listen: (message: ToIngest) => void): unknown
}

/**
 * Serves until a `close` message; then it answers everything that was submitted, calls `release`,
 * and reports `closed`.
 */
export function serveIngest(port: Port, ingest: Ingest, release: () => Promise<void>): void {
  let outgoing: NumberedOutcome[] = []
  const answer = (number: number, outcome: NumberedOutcome['outcome']) => {
    if (outgoing.push({ number, outcome }) > 1) return
    process.nextTick(() => {
      port.postMessage({ kind: 'outcomes', outcomes: outgoing })
      outgoing = []
    })
  }
  port.on('message', (message) => {
    if (message.kind === 'close') {
      void ingest
        .close()
        .then(release)
        .then(() => port.postMessage({ kind: 'closed' }))
      return
    }
    decodeDeliveries(message).forEach((delivery, index) => {
      void ingest.submit(delivery).then((outcome) => answer(message.first + index, outcome))
    })
  })
}
