// Which till calls: the POS, and a print of the token that it came with.
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Till } from '../../till/judge-code.ts'
import { bearer } from '../authenticate.ts'

export function tillOf(request: FastifyRequest): Till {
  const token = createHash('sha256').update(bearer(request.headers.authorization)).digest('hex').slice(0, 16)
  return { posName: request.pos.name, token }
}
