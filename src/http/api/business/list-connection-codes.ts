// GET /api/v1/connection-codes: the connection codes, and what they connected.
import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { ConnectionCode } from '../../../../contract/api/connections.ts'
import { type ConnectionCode as CodeRow, listConnectionCodes } from '../../../businesses/connection-codes.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerListConnectionCodes(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/connection-codes',
    {
      config: { scope: 'connections:read' },
      schema: {
        tags: ['Connections'],
        operationId: 'listConnectionCodes',
        summary: 'List connection codes',
        description:
          'Codes of the last eight days, newest first, on one page. The codes themselves are not shown again.',
        response: { 200: Type.Object({ data: Type.Array(ConnectionCode) }) },
      },
    },
    async (request) => ({
      data: (await listConnectionCodes(ctx.db, request.caller.businessId)).map(connectionCodeToJson),
    }),
  )
}

export function connectionCodeToJson({
  posName,
  createdAt,
  createdBy,
  expiresAt,
  usedAt,
  reference,
}: CodeRow): ConnectionCode {
  return {
    pos: posName,
    created_at: formatInstant(createdAt),
    created_by: actorToJson(createdBy),
    expires_at: formatInstant(expiresAt),
    used_at: formatInstant(usedAt),
    reference,
  }
}
