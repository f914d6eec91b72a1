// Authenticates the person who is signed in, for operations that concern no business.
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../../businesses/limits.ts'
import type { AppContext } from '../../server/context.ts'
import { isFresh, type Origin, type SignedIn } from '../../staff/sessions.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'
import { failedAttempt, hasFailedOften, tooManyFailures } from './failed-attempts.ts'
import { refuseForeignOrigin } from './origin.ts'
import { sessionToken } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The person who is signed in; set in operations of their own account, absent elsewhere. */
    person: SignedIn
  }
}

/** All writes in this scope must come from our own pages, signed in or not. */
export function requireOwnOrigin(scope: ApiServer, ctx: AppContext): void {
  scope.addHook('onRequest', async (request) => refuseForeignOrigin(ctx, request))
}

/** Every operation in this scope needs a person who is signed in. */
export function requirePerson(scope: ApiServer, ctx: AppContext): void {
  scope.addHook('onRequest', async (request) => {
    request.person = await findSession(ctx, request)
    if (request.routeOptions.config.fresh) refuseStale(ctx, request.person)
  })
}

/** Throws 401 `unauthenticated` unless the cookie belongs to a valid session. */
export async function findSession(ctx: AppContext, request: FastifyRequest): Promise<SignedIn> {
  const token = sessionToken(request) ?? ''
  const { sessions } = ctx
  const found = await (hasFailedOften(ctx, request) ? sessions.verifyPatiently(token) : sessions.verify(token))
  if (found === 'busy') throw tooManyFailures(1_000)
  // The cookie stays: this process may be wrong about the time.
  if (!found) throw failedAttempt(ctx, request, notSignedIn())
  return found
}

/** Throws 403 `step_up_required` unless the person has proven who they are in the last minutes. */
export function refuseStale({ clock }: AppContext, person: SignedIn): void {
  if (isFresh(person, clock.now())) return
  throw new Problem('step_up_required', {
    detail: {
      en: 'Confirm that it is you with your password or a passkey, then send the request again.',
      ar: 'أكّد هويتك بكلمة المرور أو مفتاح المرور، ثم أعد المحاولة.',
    },
  })
}

/** Where the request comes from, as sessions and limits record it. */
export function originOf(request: FastifyRequest): Origin {
  const { ip: address } = request
  return { address, network: networkOf(address), userAgent: request.headers['user-agent'] ?? '' }
}

/** 401 `unauthenticated`. */
export function notSignedIn(): Problem {
  return new Problem('unauthenticated', {
    detail: { en: 'You are not signed in. Sign in again.', ar: 'لم تسجّل الدخول. سجّل الدخول من جديد.' },
  })
}
