// Authenticates requests to the business API: the API key and the scope of the operation are
// checked before anything else.
import type { FastifyRequest } from 'fastify'
import type { Scope } from '../../../contract/scopes.ts'
import { bearerIn } from '../../businesses/credentials.ts'
import { assert } from '../../kernel/assert.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'
import type { ApiServer, Caller } from '../server.ts'
import { failedAttempt, hasFailedOften, tooManyFailures } from './failed-attempts.ts'
import { announcedBytes, refuseOveruse } from './usage.ts'

/**
 * Every route registered in this scope afterwards must state its scope in `config.scope`, or the
 * server does not start.
 */
export function requireApiKeys(scope: ApiServer, ctx: AppContext): void {
  scope.addHook('onRoute', (route) => {
    assert(route.config?.scope, `${route.method} ${route.url} names no scope`)
  })
  scope.addHook('onRequest', async (request) => {
    const key = bearerIn(request.headers.authorization)
    const caller = await (hasFailedOften(ctx, request) ? ctx.apiKeys.verifyPatiently(key) : ctx.apiKeys.verify(key))
    if (caller === 'busy') throw tooManyFailures(1_000)
    if (!caller) throw failedAttempt(ctx, request, unauthenticated())
    limitUsage(ctx, request, caller)
    request.caller = caller
    request.businessId = caller.businessId
    const needed = request.routeOptions.config.scope
    if (needed && !hasOneOf(caller.scopes, [needed].flat())) throw forbidden([needed].flat())
  })
}

/**
 * The rate limit plugin counts the requests of a key separately, and states in headers how many are
 * left.
 */
function limitUsage({ limits }: AppContext, request: FastifyRequest, { keyId, businessId }: Caller): void {
  const bytes = announcedBytes(request)
  refuseOveruse(limits.apiKey(keyId, bytes) || limits.apiBusiness(businessId, bytes))
}

export function unauthenticated(): Problem {
  return new Problem('unauthenticated', {
    detail: {
      en: 'The API key is missing, wrong, expired or revoked. Send a valid key as `Authorization: Bearer lp_live_…`.',
      ar: 'مفتاح API غير موجود أو غير صحيح أو منتهي الصلاحية أو ملغى. أرسل مفتاحًا صالحًا بهذه الصيغة: Authorization: Bearer lp_live_…',
    },
    headers: { 'www-authenticate': 'Bearer realm="LoyaPro API"' },
  })
}

function hasOneOf(own: readonly Scope[], needed: readonly Scope[]): boolean {
  return needed.some((scope) => own.includes(scope))
}

/** Of several scopes the first one is stated: the least that is enough. */
function forbidden(needed: readonly Scope[]): Problem {
  return new Problem('forbidden_scope', {
    detail: {
      en: `The API key does not have the scope ${needed.join(' or ')}. Create a key that has it.`,
      ar: `تتطلب هذه العملية الصلاحية ${needed.join(' أو ')}، وهي غير موجودة في مفتاح API. أنشئ مفتاحًا بهذه الصلاحية.`,
    },
    extra: { scope: needed[0] },
  })
}
