// Whether the caller of a request that is still being answered may continue: for streams, which
// outlive the check at their start.
import type { FastifyRequest } from 'fastify'
import { scopesOf } from '../../../contract/roles.ts'
import { bearerIn } from '../../businesses/credentials.ts'
import type { AppContext } from '../../server/context.ts'
import { sessionToken } from './session-cookie.ts'

/** False when the key was revoked, the session ended, or the role lost the scope of the operation. */
export async function isStillAllowed(ctx: AppContext, request: FastifyRequest): Promise<boolean> {
  const { caller } = request
  const needed = [request.routeOptions.config.scope ?? []].flat()
  if (caller.key) {
    const holder = await ctx.apiKeys.verify(bearerIn(request.headers.authorization))
    return holder?.businessId === caller.businessId
  }
  // An open stream is no use of the session: it must not keep an idle one alive.
  const person = await ctx.sessions.peek(sessionToken(request) ?? '')
  const membership = person?.memberships.find(({ businessId }) => businessId === caller.businessId)
  if (!membership) return false
  const scopes = scopesOf(membership.role, membership.branchIds !== null)
  return needed.some((scope) => scopes.includes(scope))
}
