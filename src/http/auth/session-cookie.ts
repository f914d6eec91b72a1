// The session cookie: the only place that reads, sets and clears it.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LIFETIME_MS } from '../../staff/sessions.ts'

/**
 * The prefix makes browsers accept it only when it is Secure, for this host alone and for all
 * paths. Browsers also send Secure cookies to http://localhost.
 */
const NAME = '__Host-loyapro'
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
