// GET /api/v1/pos-systems: the POS systems that the business registered.
import { Type } from 'typebox'
import { posSystem } from '../../../../contract/api/connections.ts'
import { listOwnPos } from '../../../businesses/own-pos.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { posSystemToJson } from './register-pos.ts'

export function registerListPosSystems(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/pos-systems',
    {
      config: { scope: 'connections:read' },
      schema: {
        tags: ['Connections'],
        operationId: 'listPosSystems',
        summary: 'List POS systems of the business',
        description: 'Only those that the business registered itself, on one page.',
        response: { 200: Type.Object({ data: Type.Array(posSystem(ctx.integrations.names)) }) },
      },
    },
    async (request) => ({ data: (await listOwnPos(ctx.db, request.caller.businessId)).map(posSystemToJson) }),
  )
}
