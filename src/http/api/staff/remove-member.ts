// DELETE /api/v1/staff/{id}: the person does not belong to the business any more.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import type { AppContext } from '../../../server/context.ts'
import { removeMember } from '../../../staff/members.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { holdKey, memberProblem } from './staff-problem.ts'

export function registerRemoveMember(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/staff/:id',
    {
      config: {
        scope: 'staff:write',
        fresh: true,
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Staff'],
        operationId: 'removeMember',
        summary: 'Remove a member of staff',
        description:
          'The person is signed out everywhere, and keeps the account for other businesses. 409 `conflict` for the only owner of a business.',
        params: idParams('stf', 'member of staff'),
        response: { 204: Type.Null({ description: 'The person does not belong to the business any more.' }) },
      },
    },
    (request, reply) => {
      const { caller } = request
      const staffId = idOr404('staff', request.params.id)
      const target = { businessId: caller.businessId, staffId, by: caller.staff?.staffId ?? null }
      reply.code(204)
      return writeShared(ctx, request, reply, async (tx) => {
        await holdKey(ctx, tx, caller, staffId)
        const outcome = await removeMember(tx, target, ctx.clock.now())
        if (outcome !== 'done') throw memberProblem(outcome, caller)
        return null
      })
    },
  )
}
