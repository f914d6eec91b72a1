// POST and DELETE /api/v1/connections/{pos}/{reference}/secret: a secret that the POS sends in
// addition to its token.
import { Type } from 'typebox'
import { ConnectionSecret, NewConnectionSecret } from '../../../../contract/api/connections.ts'
import { createConnectionSecret, removeConnectionSecret } from '../../../businesses/connections.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { formatInstant } from '../format.ts'
import { connectionParams, noSuchConnection } from './disconnect.ts'

const config = {
  scope: 'connections:write',
  problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
} as const

export function registerCreateConnectionSecret(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/connections/:pos/:reference/secret',
    {
      config: { ...config, problems: [...config.problems] },
      schema: {
        tags: ['Connections'],
        operationId: 'createConnectionSecret',
        summary: 'Create a connection secret',
        description: `From now on the POS must send the secret in the header \`LoyaPro-Connection-Secret\` with every order and code of this connection;
otherwise 401 \`unauthenticated\`. To exchange it, create another one: both are accepted for \`overlap_hours\`.`,
        params: connectionParams,
        body: NewConnectionSecret,
        response: { 201: ConnectionSecret },
      },
    },
    (request, reply) => {
      const { pos: posName, reference } = request.params
      const { overlap_hours = 24 } = request.body
      const { businessId } = request.caller
      reply.code(201)
      return writeShared(
        ctx,
        request,
        reply,
        async (tx): Promise<ConnectionSecret> => {
          const connection = { posName, reference, businessId }
          const created = await createConnectionSecret(tx, connection, overlap_hours * 3_600_000, ctx.clock)
          if (!created) throw noSuchConnection()
          return { secret: created.secret, old_secret_valid_until: formatInstant(created.oldUntil) }
        },
        (answer) => ({ ...answer, secret: null }),
      )
    },
  )
}

export function registerRemoveConnectionSecret(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/connections/:pos/:reference/secret',
    {
      config: { ...config, problems: [...config.problems] },
      schema: {
        tags: ['Connections'],
        operationId: 'removeConnectionSecret',
        summary: 'Remove the connection secret',
        description: 'The token of the POS suffices again.',
        params: connectionParams,
        response: { 204: Type.Null({ description: 'The connection has no secret.' }) },
      },
    },
    (request, reply) => {
      const { pos: posName, reference } = request.params
      const { businessId } = request.caller
      reply.code(204)
      return writeShared(ctx, request, reply, async (tx) => {
        if ((await removeConnectionSecret(tx, { posName, reference, businessId })) === 'not_found')
          throw noSuchConnection()
        return null
      })
    },
  )
}
