// PATCH /api/v1/staff/{id}: another role, or other branches.
import { idParams } from '../../../../contract/api/common.ts'
import { Member, MemberChanges } from '../../../../contract/api/staff.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { changeMember, findMember } from '../../../staff/members.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { memberToJson } from './list-members.ts'
import { holdKey, memberProblem, readBranches, refuseMoreThanOwn } from './staff-problem.ts'

export function registerChangeMember(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/staff/:id',
    {
      config: {
        scope: 'staff:write',
        fresh: true,
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Staff'],
        operationId: 'changeMember',
        summary: 'Change the role of a member of staff',
        description: `Whoever loses rights is signed out everywhere. 409 \`conflict\` for the only owner of a business. A caller can only give a role
with scopes that it has itself.`,
        params: idParams('stf', 'member of staff'),
        body: MemberChanges,
        response: { 200: Member },
      },
    },
    (request, reply) => {
      const { caller, body } = request
      const { businessId } = caller
      const staffId = idOr404('staff', request.params.id)
      refuseMoreThanOwn(caller, body.role)
      return writeShared(ctx, request, reply, async (tx) => {
        const target = { businessId, staffId, by: caller.staff?.staffId ?? null }
        await holdKey(ctx, tx, caller, staffId)
        const branchIds = await readBranches(tx, businessId, body)
        const outcome = await changeMember(tx, target, { role: body.role, branchIds }, ctx.clock.now())
        if (outcome !== 'done') throw memberProblem(outcome, caller)
        return memberToJson(must(await findMember(tx, businessId, staffId), 'the member'))
      })
    },
  )
}
