// GET /api/v1/connections: the references of POS systems that belong to the business.
import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { Connection } from '../../../../contract/api/business.ts'
import { type Connection as ConnectionRow, listConnections } from '../../../businesses/connections.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerListConnections(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/connections',
    {
      config: { scope: 'connections:read' },
      schema: {
        tags: ['Connections'],
        operationId: 'listConnections',
        summary: 'List connections',
        description: 'All connections are returned on one page.',
        response: { 200: Type.Object({ data: Type.Array(Connection) }) },
      },
    },
    async (request) => {
      const connections = await listConnections(ctx.db, request.caller.businessId)
      return { data: connections.map(connectionToJson) }
    },
  )
}

export function connectionToJson(connection: ConnectionRow): Connection {
  const { pos_name: pos, reference, has_secret, created_at, created_by, updated_by } = connection
  return {
    pos,
    reference,
    has_secret,
    created_at: formatInstant(created_at),
    created_by: actorToJson(created_by),
    updated_by: actorToJson(updated_by),
  }
}
