// Which till calls, and for which business: the POS, and the id of the token that it came with.
import type { FastifyRequest } from 'fastify'
import type { Connected } from '../../businesses/connection-cache.ts'
import { must } from '../../kernel/assert.ts'
import type { Till } from '../../rewards/redeem/find-code.ts'
import type { AppContext } from '../../server/context.ts'
import { announcedBytes, refuseOveruse } from '../auth/usage.ts'
import type { PosBody } from '../plugins/json-body.ts'
import { requireSecret } from './connection-secret.ts'
import { peekBusiness, type ReadOutcome } from './read-code-request.ts'
import { unknownBusiness, unreadable } from './till-answers.ts'

export function tillOf({ pos }: FastifyRequest): Till {
  return { posName: pos.name, token: pos.credentialId ?? '' }
}

/**
 * The business that the till names, and what it asks: a phone number without a country belongs to
 * the country of the business. Throws 404 `business_unknown` and 422 `invalid_request`, in this
 * order.
 */
export async function readTillRequest<Request>(
  ctx: AppContext,
  request: FastifyRequest,
  readRequest: (body: unknown, home: string | null) => ReadOutcome<Request>,
): Promise<{ business: Connected; read: Request }> {
  const { value } = request.body as PosBody
  const reference = peekBusiness(value)
  const business = reference === null ? null : await businessOf(ctx, request, reference)
  const read = readRequest(value, business?.country ?? null)
  if (read.kind === 'invalid') throw unreadable(read.errors)
  return { business: must(business, 'the business of a request that names one'), read: read.request }
}

/** The business that the till names; throws 404 `business_unknown`. */
async function businessOf(ctx: AppContext, request: FastifyRequest, reference: string): Promise<Connected> {
  const business = await ctx.connections.find(request.pos.name, reference)
  if (!business) throw unknownBusiness()
  await requireSecret(ctx, request, reference, business)
  request.businessId = business.businessId
  refuseOveruse(ctx.limits.posBusiness(business.businessId, announcedBytes(request)))
  return business
}
