// DELETE /api/v1/session/memberships/{id}: the person leaves a business.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { leaveBusiness } from '../../../staff/members.ts'
import { recordOfPerson } from '../../record-write.ts'
import type { ApiServer } from '../../server.ts'
import { idOr404, notFound } from '../format.ts'
import { lastOwner } from '../staff/staff-problem.ts'

export function registerLeaveBusiness(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/session/memberships/:id',
    {
      config: { fresh: true, problems: ['not_found', 'conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'leaveBusiness',
        summary: 'Leave a business',
        description:
          'The person stays signed in, for other businesses. 409 `conflict` for the only owner of a business.',
        params: idParams('biz', 'business'),
        response: { 204: Type.Null({ description: 'The person does not belong to the business any more.' }) },
      },
    },
    async (request, reply) => {
      const businessId = idOr404('business', request.params.id)
      const { staffId } = request.person
      const staff = formatId('staff', staffId)
      await ctx.db.write(`staff:${staff}`, async (tx) => {
        const outcome = await leaveBusiness(tx, { businessId, staffId })
        if (outcome === 'not_found') throw notFound('business')
        if (outcome === 'last_owner') throw lastOwner()
        recordOfPerson(ctx, tx, request, { businessId, subject: staff, before: null, after: null })
      })
      reply.code(204)
      return null
    },
  )
}
