// The secret of a connection: what the POS must send beside its token, where a business asks for
// it.
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Connected } from '../../businesses/connection-cache.ts'
import { hashSecret } from '../../businesses/connections.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'

/**
 * Throws 401 `unauthenticated` when the connection has a secret and the request does not carry it.
 * A secret that this process does not know yet is looked up once more, so that a new one works at
 * once.
 */
export async function requireSecret(
  ctx: AppContext,
  request: FastifyRequest,
  reference: string,
  business: Connected,
): Promise<void> {
  if (business.secretHash === null) return
  const header = request.headers['loyapro-connection-secret']
  const given = typeof header === 'string' ? header : ''
  const now = ctx.clock.now()
  if (isRight(given, business, now)) return
  ctx.connections.forget(request.pos.name, reference)
  const fresh = given === '' ? null : await ctx.connections.find(request.pos.name, reference)
  if (fresh && (fresh.secretHash === null || isRight(given, fresh, now))) return
  throw new Problem('unauthenticated', {
    detail: {
      en: 'This business requires its connection secret. Send it in the header LoyaPro-Connection-Secret.',
      ar: 'تتطلب هذه المنشأة الرمز السري للربط. أرسله في الترويسة LoyaPro-Connection-Secret.',
    },
    language: business.language,
  })
}

function isRight(given: string, { secretHash, oldSecretHash, oldSecretUntil }: Connected, now: number): boolean {
  const hash = hashSecret(given)
  const isNew = secretHash !== null && timingSafeEqual(hash, secretHash)
  const isOld = oldSecretHash !== null && (oldSecretUntil ?? 0) > now && timingSafeEqual(hash, oldSecretHash)
  return isNew || isOld
}
