// Authenticates a request of a POS by the scheme of its integration: one verifier for all schemes.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Authentication, Hmac, Timestamp } from '../integrations/authentication.ts'
import type { RequestHeaders } from '../integrations/integration.ts'
import { readInstant } from '../integrations/toolkit/times.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { basicIn, bearerIn } from './credentials.ts'
import type { PosKeys } from './pos-keys.ts'
import { checkToken, type TokenDecision } from './pos-tokens.ts'

/** What a request to `/pos/1.0.0/{posName}/…` carries. */
export interface PosRequest {
  posName: string
  headers: RequestHeaders
  /** The segment after the endpoint, where there is one. */
  pathToken?: string | undefined
  /** The public URL that the POS called; null when the operator has not set LOYAPRO_PUBLIC_URL. */
  url: string | null
  /** The raw bytes; null while they have not been read. */
  body: Buffer | null
}

/** `body_needed`: the body is signed, and the decision is made when it has been read. */
export type PosDecision = TokenDecision | { kind: 'body_needed' }

/**
 * In order of precedence: `unauthenticated`, `pos_unknown`, `pos_mismatch` (both for tokens only:
 * `checkToken`), `body_needed`, `pos`. A request to a POS that does not exist is checked as one
 * with a token.
 */
export function authenticatePos(keys: ReadonlyMap<string, PosKeys>, request: PosRequest, now: EpochMs): PosDecision {
  const called = keys.get(request.posName)
  if (!called || called.authentication.kind === 'jwt') {
    return checkToken(keys, bearerIn(single(request.headers, 'authorization')), request.posName, now)
  }
  const { name, adapter, authentication } = called
  const check = checkOf(authentication, request, now)
  if (check === 'body_needed') return { kind: 'body_needed' }
  if (check === null) return { kind: 'unauthenticated' }
  // All secrets are compared, so that the time does not depend on which of them matches.
  const [match] = called.secrets.filter(({ text }) => check(text))
  return match ? { kind: 'pos', pos: { name, adapter, credentialId: match.id } } : { kind: 'unauthenticated' }
}

/** Whether a secret is the right one. */
type Check = (secret: string) => boolean

/** Null when the request carries no credential that could match. */
function checkOf(
  authentication: Exclude<Authentication, { kind: 'jwt' }> | Authentication,
  request: PosRequest,
  now: EpochMs,
): Check | 'body_needed' | null {
  const { headers, pathToken = '' } = request
  switch (authentication.kind) {
    case 'jwt':
      return null
    case 'hmac':
      return checkHmac(authentication, request, now)
    case 'basic':
      return checkEqual(basicIn(single(headers, 'authorization')))
    case 'bearer':
      return checkEqual(bearerIn(single(headers, 'authorization')))
    case 'header':
      return checkEqual(single(headers, authentication.header) ?? '')
    case 'path_token':
      return checkEqual(pathToken)
  }
}

function checkEqual(given: string): Check | null {
  return given === '' ? null : (secret) => isEqual(given, secret)
}

function checkHmac(scheme: Hmac, request: PosRequest, now: EpochMs): Check | 'body_needed' | null {
  const { algorithm, encoding } = scheme
  const header = single(request.headers, scheme.header) ?? ''
  if (header === '') return null
  if (request.body === null) return 'body_needed'
  const message = signedBytes(scheme, request.headers, request.url, request.body, now)
  if (message === null) return null
  const given = encoding === 'hex' ? header.toLowerCase() : header
  return (secret) => {
    const mac = createHmac(algorithm, secret)
    for (const part of message) mac.update(part)
    return isEqual(given, mac.digest(encoding))
  }
}

/** Null when a part is missing, or when the timestamp is outside the tolerance. */
function signedBytes(
  { signed }: Hmac,
  headers: RequestHeaders,
  url: string | null,
  body: Buffer,
  now: EpochMs,
): (string | Buffer)[] | null {
  if (signed === 'body') return [body]
  if (signed === 'url+body') return url === null ? null : [url, body]
  const text = timestampIn(signed.timestamp, headers, body)
  const at = text === undefined ? null : readInstant(text, 'UTC')
  if (text === undefined || at === null || Math.abs(now - at) > signed.timestamp.toleranceMs) return null
  return [body, text]
}

function timestampIn(timestamp: Timestamp, headers: RequestHeaders, body: Buffer): string | undefined {
  if ('header' in timestamp) return single(headers, timestamp.header)
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))?.[timestamp.member]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  } catch {
    return undefined
  }
}

/** Undefined when the header is absent or present more than once. */
function single(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/** In constant time, whatever the lengths. */
function isEqual(given: string, expected: string): boolean {
  return timingSafeEqual(hashOf(given), hashOf(expected))
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
