// The business API as the simulator uses it: with one business's key, page by page, coming again
// when asked to or when nobody answered.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, isRetryLater, type Line } from '../deliver/send.ts'

/** A LoyaPro that does not answer as its API says, or refuses: the message names the call. */
export class ApiTrouble extends Error {
  override name = 'ApiTrouble'
}

export interface Api {
  get<T>(path: string): Promise<T>
  /** Null where there is nothing under the address. */
  find<T>(path: string): Promise<T | null>
  post<T>(path: string, body: object): Promise<T>
  /** A call that may be refused; an answer is an answer. */
  attempt(path: string, body: object): Promise<Answer>
  /** All rows of a list, page after page. */
  all<T>(path: string): AsyncGenerator<T>
}

/** Who has never answered is taken to be not there, and not to be in trouble. */
export function apiOf(line: Line, key: string, signal: AbortSignal): Api {
  let isThere = false
  const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
    // One key for all tries: what was done although nobody heard of it is told again, and not done
    // again.
    const write = body && { body: JSON.stringify(body), idempotencyKey: randomUUID() }
    for (let tries = 1; ; tries++) {
      const request = { method, path: `/api/v1${path}`, bearer: key, ...write }
      const answer = await line.send(request, signal).catch((error: unknown) => {
        if (!isThere || signal.aborted || tries >= MOST_TRIES) throw error
        return null
      })
      isThere ||= answer !== null
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

/** That is what a write hears while the first try of it is still being done. */
function isBeingDone({ status, retryAfter }: Answer): boolean {
  return status === 409 && retryAfter !== null
}
