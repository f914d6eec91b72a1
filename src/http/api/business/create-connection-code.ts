// POST /api/v1/connection-codes: creates a code that, sent by the POS, proves which reference the
// business owns.
import { ConnectionCodeOnce, NewConnectionCode } from '../../../../contract/api/connections.ts'
import { createConnectionCode } from '../../../businesses/connection-codes.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { noSuchPos } from './connect.ts'
import { connectionCodeToJson } from './list-connection-codes.ts'

export function registerCreateConnectionCode(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/connection-codes',
    {
      config: { scope: 'connections:write', problems: ['idempotency_key_reused', 'idempotency_in_progress'] },
      schema: {
        tags: ['Connections'],
        operationId: 'createConnectionCode',
        summary: 'Create a connection code',
        description: `Write the code into the name or the SKU of a product of the POS and send one order with that product, in any status; or, if the
POS has a field for it, let it call \`POST /pos/1.0.0/{pos}/connect\`. The reference of that order is then connected to the business.
The code works once, within 24 hours. It replaces an unused code for the same POS.`,
        body: NewConnectionCode,
        response: { 201: ConnectionCodeOnce },
      },
    },
    (request, reply) => {
      const { businessId } = request.caller
      reply.code(201)
      return writeShared(
        ctx,
        request,
        reply,
        async (tx): Promise<ConnectionCodeOnce> => {
          const outcome = await createConnectionCode(tx, { businessId, posName: request.body.pos }, ctx.clock)
          if (outcome.kind === 'pos_unknown') throw noSuchPos()
          return { ...connectionCodeToJson(outcome.about), code: outcome.code }
        },
        (answer) => ({ ...answer, code: null }),
      )
    },
  )
}
