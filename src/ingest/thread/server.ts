// The far side of an ingest that works on a thread of its own: hands in what comes, and sends the
// answers of a batch back together.

import type { Ingest } from '../ingest.ts'
import { type FromIngest, type HandedBack, type ToIngest, takeOver } from './protocol.ts'

/** The port of a thread to the one that started it. */
export interface Port {
  postMessage(message: FromIngest): void
  on(event: 'message', listen: (message: ToIngest) => void): unknown
}

/**
 * Serves until it is told to close; then everything taken is answered, and `release` has let go of
 * what ingest stood on.
 */
export function serveIngest(port: Port, ingest: Ingest, release: () => Promise<void>): void {
  let leaving: HandedBack[] = []
  const answer = (number: number, outcome: HandedBack['outcome']) => {
    if (leaving.push({ number, outcome }) > 1) return
    process.nextTick(() => {
      port.postMessage({ kind: 'answers', answers: leaving })
      leaving = []
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
    takeOver(message).forEach((delivery, index) => {
      void ingest.submit(delivery).then((outcome) => answer(message.first + index, outcome))
    })
  })
}
