// Lets a POS in: proves the token against the POS named in the address before anything of the
// request is read.

import type { CallingPos, TokenDecision } from '../../businesses/pos-tokens.ts'
import { checkToken } from '../../businesses/pos-tokens.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'
import { bearer } from './authenticate.ts'
import { failedAttempt, hasFailedOften } from './failed-attempts.ts'
import { announcedBytes, refuseOveruse } from './usage.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The POS that calls; set before any handler under /pos runs, absent elsewhere. */
    pos: CallingPos
  }
}

/** For a scope whose prefix has `:pos_name`. */
export function requirePosTokens(scope: ApiServer, ctx: AppContext): void {
  scope.addHook('onRequest', async (request) => {
    const { pos_name: posName = '' } = request.params as { pos_name?: string }
    const token = bearer(request.headers.authorization)
    const verdict = await judge(ctx, token, posName, () => hasFailedOften(ctx, request))
    if (verdict.kind === 'unauthenticated') throw failedAttempt(ctx, request, REFUSALS.unauthenticated(posName))
    if (verdict.kind !== 'pos') throw REFUSALS[verdict.kind](posName)
    refuseOveruse(ctx.limits.posToken(token, announcedBytes(request)))
    request.pos = verdict.pos
  })
}

/**
 * Keys are at most 2 seconds old, so that a revocation bites within 5 in every process. A refusal
 * is judged once more with keys of the last moment, so that a POS that was registered, or a secret
 * that was added, a second ago works; not for an address that has failed often, which need not make
 * us ask the database.
 */
async function judge(
  ctx: AppContext,
  token: string,
  posName: string,
  hasFailed: () => boolean,
): Promise<TokenDecision> {
  const first = checkToken(await ctx.posKeys.notOlderThan(2_000), token, posName, ctx.clock.now())
  if (first.kind === 'pos' || token === '' || hasFailed()) return first
  return checkToken(await ctx.posKeys.notOlderThan(200), token, posName, ctx.clock.now())
}

const REFUSALS: Record<Exclude<TokenDecision['kind'], 'pos'>, (posName: string) => Problem> = {
  unauthenticated: () =>
    new Problem('unauthenticated', {
      detail: {
        en: 'The token is missing, expired, revoked or has a wrong signature. Send the token of this POS as `Authorization: Bearer …`.',
        ar: 'رمز الوصول غير موجود أو منتهي الصلاحية أو ملغى أو توقيعه غير صحيح. أرسل رمز الوصول لنظام نقاط البيع بهذه الصيغة: Authorization: Bearer …',
      },
      headers: { 'www-authenticate': 'Bearer realm="LoyaPro POS"' },
    }),
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
