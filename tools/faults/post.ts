// One request of a point of sale with the time limit of Foodics: an answer within five seconds, or
// none.
import { type HttpClient, NoAnswerInTime } from '../harness/http-client.ts'

export interface Answer {
  /** 0 when there was no answer; then `text` is `late` or `broken`. */
  status: number
  text: string
  retryAfterMs?: number
}

/** Foodics waits 5 s for an answer and sends a request at most three times. */
export const TIMEOUT_MS = 5_000
export const ATTEMPTS = 3

export async function post(client: HttpClient, call: string, token: string, body: Buffer | string): Promise<Answer> {
  try {
    const answer = await client.send({ method: 'POST', path: `/pos/1.0.0/foodics/${call}`, bearer: token, body })
    const { status, text, retryAfter } = answer
    return { status, text, ...(retryAfter !== null && retryAfter > 0 && { retryAfterMs: retryAfter * 1000 }) }
  } catch (error) {
    return { status: 0, text: error instanceof NoAnswerInTime ? 'late' : 'broken' }
  }
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** Whether another attempt may help: no answer, too many requests, or a server in trouble. */
export function isRetryable({ status }: Answer): boolean {
  return status === 0 || status === 429 || status >= 500
}
