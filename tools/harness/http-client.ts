// HTTP requests to one LoyaPro over connections that are kept alive, each with a time limit.
import { Agent, type ClientRequest, request as httpRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'

export interface Answer {
  status: number
  text: string
  /** Seconds after which to send the request again; null when the answer does not say. */
  retryAfter: number | null
}

export interface Request {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  bearer: string
  body?: string | Buffer
  idempotencyKey?: string
}

/** There is no whole answer, because none came in time. */
export class NoAnswerInTime extends Error {
  override name = 'NoAnswerInTime'
}

export class HttpClient {
  readonly #url: URL
  readonly #agent: Agent | TlsAgent
  readonly #timeoutMs: number
  #hasAnswered = false

  constructor(url: string, { connections, timeoutMs }: { connections: number; timeoutMs: number }) {
    this.#url = new URL(url)
    const options = { keepAlive: true, maxSockets: connections }
    this.#agent = this.#url.protocol === 'https:' ? new TlsAgent(options) : new Agent(options)
    this.#timeoutMs = timeoutMs
  }

  /** Whether any request has got an answer so far. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  close(): void {
    this.#agent.destroy()
  }

  /** Rejects when there is no whole answer; with NoAnswerInTime when it is late. */
  send(what: Request, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = this.open(what, signal)
      const late = setTimeout(() => request.destroy(new NoAnswerInTime('no answer in time')), this.#timeoutMs)
      const fail = (error: Error) => {
        clearTimeout(late)
        reject(error)
      }
      request.on('error', fail)
      request.once('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', fail)
        response.once('end', () => {
          clearTimeout(late)
          this.#hasAnswered = true
          const after = Number(response.headers['retry-after'] ?? Number.NaN)
          const retryAfter = Number.isFinite(after) ? after : null
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), retryAfter })
        })
      })
      request.end(what.body)
    })
  }

  /** A request of which nothing but the headers is given. */
  protected open({ method, path, bearer, body, idempotencyKey }: Request, signal?: AbortSignal): ClientRequest {
    const request = this.#url.protocol === 'https:' ? tlsRequest : httpRequest
    return request(new URL(path, this.#url), {
      method,
      agent: this.#agent,
      ...(signal && { signal }),
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    })
  }
}
