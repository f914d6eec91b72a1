// Calls the public API of this server as the person who is signed in. The types of requests and
// answers are those of contract/api: `api.get<Customer>(`/customers/${id}`)`.
import { ApiError, readFailure, unreachable } from './error.ts'

export type QueryValue = string | number | boolean | undefined | null

export interface CallOptions {
  /** Absent, null and empty values are left out. */
  query?: object
  /** Sent as JSON, or as it is when it is a Blob or FormData. */
  body?: unknown
  signal?: AbortSignal
  headers?: Record<string, string>
  /**
   * A call that must not wait for the person to sign in: signing in itself, confirming who they
   * are, and asking who is signed in.
   */
  anonymous?: boolean
}

/** What the server wants of the person before it does what they asked. */
export type Demand = 'sign_in' | 'confirm'

interface ClientState {
  business: string | null
  /** Asks the person; resolves with whether the call should be sent again. */
  ask: ((demand: Demand) => Promise<boolean>) | null
  /** Told that nothing is at this path: another business of the person may have the record. */
  onMissing: ((path: string) => Promise<void>) | null
}

/** Set by the shell. Not React state: calls start outside of components too. */
export const client: ClientState = { business: null, ask: null, onMissing: null }

export const api = {
  get: <T>(path: string, options?: CallOptions) => call<T>('GET', path, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PUT', path, { ...options, body }),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PATCH', path, { ...options, body }),
  delete: <T = void>(path: string, options?: CallOptions) => call<T>('DELETE', path, options),
}

/** The address of a download or an event stream, which cannot carry the header of the business. */
export function addressOf(path: string, query: object = {}): string {
  const text = searchOf({ ...query, business: client.business })
  return `/api/v1${path}${text}`
}

/**
 * Throws ApiError. When the session has ended, or the act needs the password again, the person is
 * asked in a dialog over the screen and the call is sent again, so that no form is lost.
 */
async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  // One key for all tries: the server applies the write once.
  const key: Record<string, string> = method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}
  const { business } = client
  let hasLooked = false
  for (;;) {
    try {
      const answer = await send<T>(method, path, options, key)
      // Nothing of a business that is no longer shown reaches the screen.
      if (client.business !== business && options.anonymous !== true) throw new BusinessLeft()
      return answer
    } catch (error) {
      if (isMissing(error) && method === 'GET' && options.anonymous !== true) await client.onMissing?.(path)
      const demand = error instanceof ApiError && options.anonymous !== true ? demandOf(error) : null
      if (demand === null) throw error
      // The session may have got a new token while this call was on its way, also from another tab.
      if (demand === 'sign_in' && !hasLooked && (await isSignedIn())) hasLooked = true
      else if (client.ask === null || !(await client.ask(demand))) throw error
    }
  }
}

/** The answer came after the person had opened another business. */
export class BusinessLeft extends Error {
  override name = 'BusinessLeft'
}

function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not_found'
}

function isSignedIn(): Promise<boolean> {
  return send('GET', '/session', {}, {}).then(
    () => true,
    () => false,
  )
}

function demandOf({ code }: ApiError): Demand | null {
  if (code === 'unauthenticated') return 'sign_in'
  return code === 'step_up_required' ? 'confirm' : null
}

async function send<T>(
  method: string,
  path: string,
  { query = {}, body, signal, headers = {} }: CallOptions,
  key: Record<string, string>,
): Promise<T> {
  // The language that the person reads now, also before they sign in.
  const asked = document.documentElement.lang === 'ar' ? 'ar' : 'en'
  const isRaw = body instanceof Blob || body instanceof FormData
  const response = await fetch(`/api/v1${path}${searchOf(query)}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'accept-language': asked,
      ...(client.business !== null && { 'loyapro-business': client.business }),
      ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
      ...key,
      ...headers,
    },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause) => {
    if (signal?.aborted) throw cause
    throw unreachable(cause)
  })
  if (!response.ok) throw await readFailure(response, asked)
  if (response.status === 204) return undefined as T
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return (isJson ? await response.json() : await response.text()) as T
}

function searchOf(query: object): string {
  const pairs = Object.entries(query as Record<string, QueryValue | readonly string[]>).flatMap(([name, value]) => {
    if (value === undefined || value === null || value === '') return []
    return [value].flat().map((one) => [name, String(one)])
  })
  const text = new URLSearchParams(pairs).toString()
  return text === '' ? '' : `?${text}`
}
