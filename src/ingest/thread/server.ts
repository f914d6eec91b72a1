// The ingest thread's side: submits the deliveries that arrive, and sends the outcomes of a batch
// back together.

import type { Ingest } from '../ingest.ts'
import { decodeDeliveries, type FromIngest, type NumberedOutcome, type ToIngest } from './protocol.ts'

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
