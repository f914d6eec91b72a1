// Authenticates the requests of POS systems: by their headers before anything of the body is read,
// or, where the body is signed, by its raw bytes before they are parsed.
import type { FastifyRequest } from 'fastify'
import { authenticatePos, type PosDecision, type PosRequest } from '../../businesses/authenticate-pos.ts'
import { bearerIn } from '../../businesses/credentials.ts'
import type { PosKeys } from '../../businesses/pos-keys.ts'
import type { CallingPos } from '../../businesses/pos-tokens.ts'
import type { Authentication } from '../../integrations/authentication.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'
import { failedAttempt, hasFailedOften } from './failed-attempts.ts'
import { announcedBytes, refuseOveruse } from './usage.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The POS that calls; set before any handler under /pos runs, absent elsewhere. */
    pos: CallingPos
  }
}

/**
 * For a scope whose prefix has `:pos_name`. Its parser of bodies must call `authenticateBody` with
 * the raw bytes before it parses them.
 */
export function authenticatePosRequests(scope: ApiServer, ctx: AppContext): void {
  scope.addHook('onRequest', (request) => authenticate(ctx, request, null))
  scope.addHook('preHandler', (request, _reply, done) => {
    done(isAuthenticated(request) ? undefined : failedAttempt(ctx, request, unauthenticated('hmac')))
  })
}

/** Does nothing for a request that its headers have authenticated. */
export async function authenticateBody(ctx: AppContext, request: FastifyRequest, raw: Buffer): Promise<void> {
  if (!isAuthenticated(request)) await authenticate(ctx, request, raw)
}

function isAuthenticated(request: FastifyRequest): boolean {
  return (request.pos as CallingPos | undefined) !== undefined
}

async function authenticate(ctx: AppContext, request: FastifyRequest, body: Buffer | null): Promise<void> {
  const { decision, kind } = await decide(ctx, request, posRequestOf(ctx, request, body))
  if (decision.kind === 'body_needed') return
  const { pos_name: posName } = request.params as PosParams
  if (decision.kind === 'unauthenticated') {
    // Not for an address that has failed often, or a POS that does not exist: they must not be able
    // to cause queries.
    if (!hasFailedOften(ctx, request) && (await ctx.posKeys.notOlderThan(60_000)).has(posName))
      ctx.refusals.record({ posName, businessId: null, reason: 'wrong_token', reference: null, errors: [] })
    throw failedAttempt(ctx, request, unauthenticated(kind))
  }
  if (decision.kind !== 'pos') throw REFUSALS[decision.kind](posName)
  const { pos } = decision
  const credential = kind === 'jwt' ? bearerIn(request.headers.authorization) : `${pos.name} ${pos.credentialId}`
  refuseOveruse(ctx.limits.posToken(credential, announcedBytes(request)))
  request.pos = pos
}

interface PosParams {
  pos_name: string
  path_token?: string
}

function posRequestOf({ config }: AppContext, request: FastifyRequest, body: Buffer | null): PosRequest {
  const { pos_name: posName, path_token: pathToken } = request.params as PosParams
  const url = config.publicUrl === undefined ? null : config.publicUrl + request.originalUrl
  return { posName, headers: request.headers, pathToken, url, body }
}

/**
 * Keys are at most 2 seconds old, so that a revocation takes effect within 5 seconds in every
 * process. A refused request is checked again with fresh keys, so that a POS or a secret that was
 * added a second ago works; not for an address that has failed often, which must not be able to
 * cause database queries.
 */
async function decide(
  ctx: AppContext,
  request: FastifyRequest,
  presented: PosRequest,
): Promise<{ decision: PosDecision; kind: Authentication['kind'] }> {
  const keys = await ctx.posKeys.notOlderThan(2_000)
  const decision = authenticatePos(keys, presented, ctx.clock.now())
  const kind = kindOf(keys, presented)
  const hasNoToken = kind === 'jwt' && bearerIn(request.headers.authorization) === ''
  const isFinal = decision.kind === 'pos' || decision.kind === 'body_needed' || hasNoToken
  if (isFinal || hasFailedOften(ctx, request)) return { decision, kind }
  const fresh = await ctx.posKeys.notOlderThan(200)
  return { decision: authenticatePos(fresh, presented, ctx.clock.now()), kind: kindOf(fresh, presented) }
}

/** A POS that does not exist is treated as one with tokens. */
function kindOf(keys: ReadonlyMap<string, PosKeys>, { posName }: PosRequest): Authentication['kind'] {
  return keys.get(posName)?.authentication.kind ?? 'jwt'
}

function unauthenticated(kind: Authentication['kind']): Problem {
  if (kind !== 'jwt') return new Problem('unauthenticated', { detail: SECRET_REFUSED })
  return new Problem('unauthenticated', {
    detail: TOKEN_REFUSED,
    headers: { 'www-authenticate': 'Bearer realm="LoyaPro POS"' },
  })
}

const TOKEN_REFUSED = {
  en: 'The token is missing, expired, revoked or has a wrong signature. Send the token of this POS as `Authorization: Bearer …`.',
  ar: 'رمز الوصول غير موجود أو منتهي الصلاحية أو ملغى أو توقيعه غير صحيح. أرسل رمز الوصول لنظام نقاط البيع بهذه الصيغة: Authorization: Bearer …',
}

const SECRET_REFUSED = {
  en: 'The signature or the secret of the request is missing or wrong. Check the secret that the POS uses for LoyaPro.',
  ar: 'توقيع طلب API أو رمزه السري غير موجود أو غير صحيح. تحقق من الرمز السري الذي يستخدمه نظام نقاط البيع مع لويا برو.',
}

const REFUSALS: Record<'pos_unknown' | 'pos_mismatch', (posName: string) => Problem> = {
  pos_unknown: (posName) =>
    new Problem('pos_unknown', {
      detail: {
        en: `No POS is named ${posName}. Check the URL or register the POS.`,
        ar: `لا يوجد نظام نقاط بيع باسم ${posName}؛ تحقق من العنوان أو سجّل النظام.`,
      },
    }),
  pos_mismatch: (posName) =>
    new Problem('pos_mismatch', {
      detail: {
        en: `The token is valid, but not for ${posName}. Its claims must be name "${posName}" and platform "pos".`,
        ar: `رمز الوصول صالح، لكنه ليس لنظام ${posName}. يجب أن تكون قيمة name فيه ${posName} وقيمة platform فيه pos.`,
      },
    }),
}
