// The business API with the key of one business: reads lists page by page, and retries when there
// is no answer or the answer asks for it.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, isRetryLater, type Line } from '../deliver/send.ts'

/** An unexpected answer of LoyaPro; the message names the call. */
export class ApiTrouble extends Error {
  override name = 'ApiTrouble'
}

export interface Api {
  get<T>(path: string): Promise<T>
  /** Null when it is not found. */
  find<T>(path: string): Promise<T | null>
  post<T>(path: string, body: object): Promise<T>
  /** A call that may be refused; returns the answer in either case. */
  attempt(path: string, body: object): Promise<Answer>
  /** All rows of a list. */
  all<T>(path: string): AsyncGenerator<T>
}

/** A server that has never answered is unreachable; requests to it are not retried. */
export function apiOf(line: Line, key: string, signal: AbortSignal): Api {
  const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
    // One idempotency key for all attempts: LoyaPro repeats the answer instead of the write.
    const write = body && { body: JSON.stringify(body), idempotencyKey: randomUUID() }
    for (let tries = 1; ; tries++) {
      const request = { method, path: `/api/v1${path}`, bearer: key, ...write }
      const answer = await line.send(request, signal).catch((error: unknown) => {
        if (!line.hasAnswered || signal.aborted || tries >= MOST_TRIES) throw error
        return null
      })
      const again = answer && (isRetryLater(answer) || isBeingDone(answer))
      if (answer && (!again || tries >= MOST_TRIES)) return answer
      await delay((answer?.retryAfter ?? 1) * 1000, undefined, { signal })
    }
  }
  const read = <T>({ status, text }: Answer, call: string): T => {
    if (status >= 300) throw new ApiTrouble(`${call} answered ${status}: ${text.slice(0, 500)}`)
    return JSON.parse(text)
  }
  const call = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> =>
    read(await ask(method, path, body), `${method} ${path}`)
  return {
    get: (path) => call('GET', path),
    async find(path) {
      const answer = await ask('GET', path)
      return answer.status === 404 ? null : read(answer, `GET ${path}`)
    },
    post: (path, body) => call('POST', path, body),
    attempt: (path, body) => ask('POST', path, body),
    async *all<T>(path: string) {
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { data: T[]; next_cursor: string | null } = await call(
          'GET',
          `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        )
        yield* page.data
        cursor = page.next_cursor
      }
    },
  }
}

const MOST_TRIES = 20

/** The answer to a repeated write while the first attempt is still in progress. */
function isBeingDone({ status, retryAfter }: Answer): boolean {
  return status === 409 && retryAfter !== null
}
