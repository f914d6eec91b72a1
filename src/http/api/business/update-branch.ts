// PATCH /api/v1/branches/{id}: changes the name or the time zone of a branch.
import { Branch, BranchChanges } from '../../../../contract/api/business.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { updateBranch } from '../../../businesses/branches.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound, unknownTimezone } from '../format.ts'
import { branchToJson } from './list-branches.ts'

export function registerUpdateBranch(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/branches/:id',
    {
      config: {
        scope: 'business:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Business'],
        operationId: 'updateBranch',
        summary: 'Update a branch',
        description: 'From the next order on, hours and weekdays of rules use this time zone.',
        params: idParams('brn', 'branch'),
        body: BranchChanges,
        response: { 200: Branch },
      },
    },
    (request, reply) =>
      writeTenant(ctx, request, reply, async (tx) => {
        const id = idOr404('branch', request.params.id)
        const { name, timezone } = request.body
        const changes = {
          ...(name?.en !== undefined && { name: name.en }),
          ...(name?.ar !== undefined && { name_ar: name.ar }),
          ...(timezone !== undefined && { timezone }),
        }
        const outcome = await updateBranch(tx, request.caller.businessId, id, changes, ctx.clock.now())
        switch (outcome.kind) {
          case 'updated':
            return branchToJson(outcome.branch)
          case 'not_found':
            throw notFound('branch')
          case 'timezone_unknown':
            throw unknownTimezone()
        }
      }),
  )
}
