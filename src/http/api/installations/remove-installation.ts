// DELETE /api/v1/pos-accounts/{pos}: deletes the tokens, so that LoyaPro no longer calls the POS.
import { Type } from 'typebox'
import { removeInstallation } from '../../../installations/installations.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { noSuchInstallation, posParams } from './list-installations.ts'

export function registerRemoveInstallation(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/pos-accounts/:pos',
    {
      config: {
        scope: 'connections:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['POS accounts'],
        operationId: 'removePosAccount',
        summary: 'Disconnect a POS account',
        description: `Deletes tokens, the catalogue and unsent changes. Orders, customers and branches stay, and so does the connection
under which the POS sends orders.`,
        params: posParams,
        response: { 204: Type.Null({ description: 'It is disconnected.' }) },
      },
    },
    (request, reply) => {
      reply.code(204)
      return writeTenant(ctx, request, reply, async (tx) => {
        if ((await removeInstallation(tx, request.caller.businessId, request.params.pos, ctx)) === 'not_found')
          throw noSuchInstallation()
        return null
      })
    },
  )
}
