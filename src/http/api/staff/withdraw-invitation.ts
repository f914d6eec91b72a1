// DELETE /api/v1/invitations/{id}: the link ends.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import type { AppContext } from '../../../server/context.ts'
import { withdrawInvitation } from '../../../staff/invitations.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { holdCaller } from './staff-problem.ts'

export function registerWithdrawInvitation(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/invitations/:id',
    {
      config: {
        scope: 'staff:write',
        fresh: true,
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Staff'],
        operationId: 'withdrawInvitation',
        summary: 'Withdraw an invitation',
        description: 'The link ends, and a mail that waits is not sent.',
        params: idParams('inv', 'invitation'),
        response: { 204: Type.Null({ description: 'The invitation does not exist any more.' }) },
      },
    },
    (request, reply) => {
      const id = idOr404('invitation', request.params.id)
      reply.code(204)
      return writeShared(ctx, request, reply, async (tx) => {
        await holdCaller(ctx, tx, request.caller)
        if (!(await withdrawInvitation(tx, request.caller.businessId, id))) throw notFound('invitation')
        return null
      })
    },
  )
}
