// The business API as the simulator uses it: with one business's key, page by page, coming again when asked to.
import { setTimeout as delay } from 'node:timers/promises'
import type { Line } from '../deliver/send.ts'

/** A LoyaPro that does not answer as its API says, or refuses: the message names the call. */
export class ApiTrouble extends Error {
  override name = 'ApiTrouble'
}

export interface Api {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: object): Promise<T>
  /** All rows of a list, page after page. */
  all<T>(path: string): AsyncGenerator<T>
}

export function apiOf(line: Line, key: string, signal: AbortSignal): Api {
  const call = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    for (let tries = 1; ; tries++) {
      const request = { method, path: `/api/v1${path}`, bearer: key, ...(body && { body: JSON.stringify(body) }) }
      const answer = await line.send(request, signal)
      const again = answer.status === 429 || answer.status === 503
      if (again && tries < 20) await delay((answer.retryAfter ?? 1) * 1000, undefined, { signal })
      else if (answer.status >= 300)
        throw new ApiTrouble(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 500)}`)
      else return JSON.parse(answer.text)
    }
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    async *all<T>(path: string) {
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { data: T[]; next_cursor: string | null } = await call(
          'GET',
          `${path}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        )
        yield* page.data
        cursor = page.next_cursor
      }
    },
  }
}
