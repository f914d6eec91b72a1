// One JSON call to a POS: only to the configured host, with a timeout, and without exceptions.
import type { Outcome } from '../client.ts'

export interface JsonCall {
  method: 'GET' | 'POST' | 'PUT'
  /** Complete; built by the caller from its configured base URL. */
  url: string
  token?: string
  body?: unknown
}

/** Bytes. A page of 50 orders has about one million. */
const MAX_ANSWER = 16 * 1024 * 1024

/**
 * The JSON of a successful response. Redirects are not followed: they could send a token to another
 * host.
 */
export async function callJson(call: JsonCall, timeoutMs: number): Promise<Outcome<unknown>> {
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'LoyaPro/1.0',
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return outcomeOf(response, await readText(response))
  } catch (error) {
    return { kind: 'unavailable', reason: reasonOf(error) }
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_ANSWER) throw new Error('the response is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function outcomeOf(response: Response, text: string): Outcome<unknown> {
  const { status } = response
  const value = parse(text)
  if (status >= 200 && status < 300) {
    return value === undefined ? { kind: 'unavailable', reason: `HTTP ${status} without JSON` } : { kind: 'ok', value }
  }
  const reason = `HTTP ${status}${messageIn(value)}`
  if (status === 401 || status === 403) return { kind: 'unauthorised', reason }
  if (status === 429) return { kind: 'limited', retryAfterMs: retryAfter(response.headers.get('retry-after')) }
  // A redirect is no response of an API; neither is a request that took the POS too long.
  if (status >= 500 || status < 400 || status === 408) return { kind: 'unavailable', reason }
  return { kind: 'refused', status, reason }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The error message of the POS. It may repeat a value of the call, which the log removes and the
 * API shows to its owner.
 */
function messageIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const { message, errors } = value as { message?: unknown; errors?: unknown }
  const fields = typeof errors === 'object' && errors !== null ? Object.values(errors).flat() : []
  const words = [message, ...fields].filter((word): word is string => typeof word === 'string' && word !== '')
  return words.length === 0 ? '' : `: ${words.join(' ').slice(0, 300)}`
}

/** Seconds. The header can also be a date (RFC 9110 §10.2.3), which no integrated POS sends. */
function retryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1_000 : null
}

/** `fetch` puts the real reason into the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  if (error.name === 'TimeoutError') return 'request timed out'
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code === '' ? error.message : `no connection (${code})`
}
