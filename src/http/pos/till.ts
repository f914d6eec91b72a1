// Which till calls, and for which business: the POS, and a print of the token that it came with.
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { AppContext } from '../../context.ts'
import type { Connected } from '../../orders/receive.ts'
import type { Till } from '../../till/judge-code.ts'
import { bearer } from '../authenticate.ts'
import { unknownBusiness } from './till-answers.ts'

export function tillOf(request: FastifyRequest): Till {
  const token = createHash('sha256').update(bearer(request.headers.authorization)).digest('hex').slice(0, 16)
  return { posName: request.pos.name, token }
}

/** The business that the till names; throws 404 `business_unknown`. */
export async function businessOf(ctx: AppContext, request: FastifyRequest, reference: string): Promise<Connected> {
  const business = await ctx.connections.find(request.pos.name, reference)
  if (!business) throw unknownBusiness()
  request.businessId = business.businessId
  return business
}
