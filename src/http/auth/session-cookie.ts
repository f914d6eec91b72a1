// The cookies of people who sign in: the session, and between the password and the second factor what
// the browser shows that its password was right. The only place that reads, sets and clears them.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LIFETIME_MS } from '../../staff/sessions.ts'
import { SECOND_FACTOR_VALID_MS } from '../../staff/sign-in-second-factor.ts'

/**
 * The prefix makes browsers accept it only when it is Secure, for this host alone and for all
 * paths. Browsers also send Secure cookies to http://localhost.
 */
const NAME = '__Host-loyapro'
const AWAITED = '__Host-loyapro-second-factor'
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** The token in the cookie; null when there is none. */
export function sessionToken(request: FastifyRequest): string | null {
  return /(?:^|; ?)__Host-loyapro=([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1] ?? null
}

export function setSessionCookie(reply: FastifyReply, token: string): void {
  reply.header('set-cookie', `${NAME}=${token}; ${ATTRIBUTES}; Max-Age=${LIFETIME_MS / 1000}`)
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.header('set-cookie', `${NAME}=; ${ATTRIBUTES}; Max-Age=0`)
}

/** What the browser shows with its second factor; null when none is awaited. */
export function awaitedToken(request: FastifyRequest): string | null {
  return /(?:^|; ?)__Host-loyapro-second-factor=([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1] ?? null
}

export function setAwaitedCookie(reply: FastifyReply, token: string): void {
  reply.header('set-cookie', `${AWAITED}=${token}; ${ATTRIBUTES}; Max-Age=${SECOND_FACTOR_VALID_MS / 1000}`)
}

export function clearAwaitedCookie(reply: FastifyReply): void {
  reply.header('set-cookie', `${AWAITED}=; ${ATTRIBUTES}; Max-Age=0`)
}
