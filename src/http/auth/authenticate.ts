// Authenticates requests to the business API: an API key, or a person who is signed in. The scope
// of the operation is checked before anything else.
import type { FastifyRequest } from 'fastify'
import { masksPhones, scopesOf } from '../../../contract/roles.ts'
import type { Scope } from '../../../contract/scopes.ts'
import { bearerIn } from '../../businesses/credentials.ts'
import { assert } from '../../kernel/assert.ts'
import { formatId, parseId } from '../../kernel/ids.ts'
import type { AppContext } from '../../server/context.ts'
import type { SignedIn } from '../../staff/sessions.ts'
import { notFound } from '../api/format.ts'
import { refusePhoneSearch } from '../phones.ts'
import { Problem } from '../problem.ts'
import type { ApiServer, Caller } from '../server.ts'
import { failedAttempt, hasFailedOften, tooManyFailures } from './failed-attempts.ts'
import { refuseForeignOrigin } from './origin.ts'
import { findSession, refuseStale } from './person.ts'
import { sessionToken } from './session-cookie.ts'
import { announcedBytes, refuseOveruse } from './usage.ts'

/**
 * Every route registered in this scope afterwards must state its scope in `config.scope`, or the
 * server does not start.
 */
export function authenticateCallers(scope: ApiServer, ctx: AppContext): void {
  scope.addHook('onRoute', (route) => {
    assert(route.config?.scope, `${route.method} ${route.url} names no scope`)
  })
  scope.addHook('onRequest', async (request) => {
    const caller = await findCaller(ctx, request)
    const bytes = announcedBytes(request)
    // The rate limit plugin counts the requests of a caller separately, and states in headers how
    // many are left.
    refuseOveruse(ctx.limits.apiKey(caller.id, bytes) || ctx.limits.apiBusiness(caller.businessId, bytes))
    request.caller = caller
    request.businessId = caller.businessId
    const { scope: needed, fresh } = request.routeOptions.config
    if (needed && !hasOneOf(caller.scopes, [needed].flat())) throw forbidden(caller, [needed].flat())
    if (fresh && caller.staff) refuseStale(ctx, caller.staff)
    if (caller.masksPhones) refusePhoneSearch(request)
  })
}

/** A key wins over a cookie: what sends a key is not a browser that another website controls. */
async function findCaller(ctx: AppContext, request: FastifyRequest): Promise<Caller> {
  if (request.headers.authorization === undefined && sessionToken(request) !== null) {
    refuseForeignOrigin(ctx, request)
    return memberOf(request, await findSession(ctx, request))
  }
  const key = bearerIn(request.headers.authorization)
  const holder = await (hasFailedOften(ctx, request) ? ctx.apiKeys.verifyPatiently(key) : ctx.apiKeys.verify(key))
  if (holder === 'busy') throw tooManyFailures(1_000)
  if (!holder) throw failedAttempt(ctx, request, unauthenticated())
  const { keyId, businessId, scopes, expiresAt } = holder
  const actor = `key:${formatId('apiKey', keyId)}` as const
  return { id: keyId, businessId, scopes, actor, branches: null, masksPhones: false, key: { id: keyId, expiresAt } }
}

/** The person as a caller in the business that the request names. */
function memberOf(request: FastifyRequest, staff: SignedIn): Caller {
  const named = businessNamedBy(request)
  const businessId = parseId('business', named)
  const membership = staff.memberships.find((one) => one.businessId === businessId)
  if (!membership) throw notFound('business')
  const { role, branchIds } = membership
  return {
    id: staff.staffId,
    businessId: membership.businessId,
    scopes: scopesOf(role, branchIds !== null),
    actor: `staff:${formatId('staff', staff.staffId)}`,
    branches: branchIds,
    masksPhones: masksPhones(role),
    staff: { ...staff, role },
  }
}

/**
 * The header, or the parameter `business` of downloads and event streams, which no operation sees:
 * browsers send no headers with them.
 */
function businessNamedBy(request: FastifyRequest): string {
  const { business, ...query } = request.query as Record<string, unknown>
  const header = request.headers['loyapro-business']
  if (business !== undefined) request.query = query
  const named = header ?? business
  if (typeof named === 'string') return named
  throw new Problem('invalid_request', {
    detail: {
      en: 'Name the business in the header LoyaPro-Business, or in the query parameter business for downloads.',
      ar: 'حدد المنشأة في الترويسة LoyaPro-Business، أو في المعامل business للتنزيلات.',
    },
    errors: [{ in: 'header', pointer: '/loyapro-business', message: 'is required', message_ar: 'مطلوب' }],
  })
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
export function forbidden({ staff }: Caller, needed: readonly Scope[]): Problem {
  const detail = staff
    ? {
        en: `Your role in this business does not allow this (${needed.join(' or ')}). Ask an owner of the business.`,
        ar: `دورك في هذه المنشأة لا يسمح بهذه العملية (${needed.join(' أو ')}). تواصل مع مالك المنشأة.`,
      }
    : {
        en: `The API key does not have the scope ${needed.join(' or ')}. Create a key that has it.`,
        ar: `تتطلب هذه العملية الصلاحية ${needed.join(' أو ')}، وهي غير موجودة في مفتاح API. أنشئ مفتاحًا بهذه الصلاحية.`,
      }
  return new Problem('forbidden_scope', { detail, extra: { scope: needed[0] } })
}
