// One request of a point of sale, as patient as Foodics is: an answer within five seconds, or none.
import { type Agent, request } from 'node:http'

export interface Answer {
  /** 0 when there was none; then `text` says why. */
  status: number
  text: string
  retryAfterMs?: number
}

/** Foodics waits 5 s for an answer and sends at most three times. */
export const PATIENCE_MS = 5_000
export const ATTEMPTS = 3

/** Where a request goes, and who sends it. */
export interface Address {
  port: number
  path: string
  token: string
}

export function post(agent: Agent, { port, path, token }: Address, body: Buffer | string): Promise<Answer> {
  return new Promise((resolve) => {
    const none = (text: 'broken' | 'late') => resolve({ status: 0, text })
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, async (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => none('broken'))
      response.on('end', () => {
        clearTimeout(late)
        const after = Number(response.headers['retry-after'])
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          ...(after > 0 && { retryAfterMs: after * 1000 }),
        })
      })
    })
    const late = setTimeout(() => {
      none('late')
      sent.destroy()
    }, PATIENCE_MS)
    sent.on('error', () => {
      clearTimeout(late)
      none('broken')
    })
    sent.end(body)
  })
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** Whether sending it again may help: no answer, too many of them, or a server in trouble. */
export function isWorthAnother({ status }: Answer): boolean {
  return status === 0 || status === 429 || status >= 500
}
