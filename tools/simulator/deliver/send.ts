// The connections of the simulator's points of sale to LoyaPro, which can break while a request is
// sent or before its answer is read.
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, HttpClient, type Request } from '../../harness/http-client.ts'
import type { Fault } from '../world/fault-level.ts'

export type { Answer, Request }

/**
 * Whether the request is to be sent again later: too many requests, or LoyaPro is not available.
 */
export function isRetryLater({ status }: Pick<Answer, 'status'>): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}

export class Line extends HttpClient {
  /**
   * Sends the request and breaks the connection. LoyaPro may have processed the request or not, and
   * the sender cannot know.
   */
  async tear(what: Request, fault: Fault, signal: AbortSignal): Promise<void> {
    const request = this.open(what, signal)
    request.on('error', () => {})
    request.on('response', (response) => response.destroy())
    const body = what.body ?? ''
    if (fault === 'torn_request') {
      request.write(body.slice(0, Math.floor(body.length / 2)))
      await delay(2, undefined, { signal })
    } else {
      await new Promise<void>((resolve) => {
        request.once('finish', resolve)
        request.once('close', resolve)
        request.end(body)
      })
      // A sender that waits for a moment breaks off while the order is being applied.
      if (fault === 'impatient') await delay(8, undefined, { signal })
    }
    request.destroy()
  }
}
