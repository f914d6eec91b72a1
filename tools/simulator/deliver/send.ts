// One HTTP request to LoyaPro, well or badly behaved: the connection may be torn while it is sent,
// or before its answer is read.
import { Agent, request as httpRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../world/fault-level.ts'

export interface Answer {
  status: number
  text: string
  /** Seconds, when the answer says when to come again. */
  retryAfter: number | null
}

/**
 * Whether it says to come again: too many of them, or a LoyaPro or something before it in trouble.
 */
export function isComeAgain({ status }: Pick<Answer, 'status'>): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}

export interface Request {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  bearer: string
  body?: string
  idempotencyKey?: string
}

/** Connections to one LoyaPro, kept alive. */
export class Line {
  readonly #url: URL
  readonly #agent: Agent | TlsAgent
  readonly #timeoutMs: number

  constructor(url: string, options: { connections: number; timeoutMs: number }) {
    this.#url = new URL(url)
    const keep = { keepAlive: true, maxSockets: options.connections }
    this.#agent = this.#url.protocol === 'https:' ? new TlsAgent(keep) : new Agent(keep)
    this.#timeoutMs = options.timeoutMs
  }

  close(): void {
    this.#agent.destroy()
  }

  /** Throws when there is no whole answer. */
  send(what: Request, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = this.#open(what, signal)
      request.setTimeout(this.#timeoutMs, () => request.destroy(new Error('no answer in time')))
      request.once('error', reject)
      request.once('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () => {
          const after = Number(response.headers['retry-after'] ?? Number.NaN)
          const retryAfter = Number.isFinite(after) ? after : null
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), retryAfter })
        })
      })
      request.end(what.body)
    })
  }

  /**
   * Sends it and breaks the connection: LoyaPro may or may not have taken it, and the sender cannot
   * know.
   */
  async tear(what: Request, fault: Fault, signal: AbortSignal): Promise<void> {
    const request = this.#open(what, signal)
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
      // Who waits only for a moment, is likely to leave while the order is being applied.
      if (fault === 'impatient') await delay(8, undefined, { signal })
    }
    request.destroy()
  }

  #open({ method, path, bearer, body, idempotencyKey }: Request, signal: AbortSignal) {
    const open = this.#url.protocol === 'https:' ? tlsRequest : httpRequest
    return open(new URL(path, this.#url), {
      method,
      agent: this.#agent,
      signal,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    })
  }
}
