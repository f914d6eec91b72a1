// POST /api/v1/invitations/{id}/resend: a new link, in a new mail.
import { idParams } from '../../../../contract/api/common.ts'
import { Invitation } from '../../../../contract/api/staff.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { findInvitation, resendInvitation } from '../../../staff/invitations.ts'
import { appUrl } from '../../app-url.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { mailedWith } from './create-invitation.ts'
import { invitationToJson } from './list-invitations.ts'
import { holdCaller, refuseMoreThanOwn, tooManyInvitations } from './staff-problem.ts'

export function registerResendInvitation(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/invitations/:id/resend',
    {
      config: {
        scope: 'staff:write',
        fresh: true,
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Staff'],
        operationId: 'resendInvitation',
        summary: 'Send an invitation again',
        description: 'Sends a new link, valid for 72 hours from now. The former link ends.',
        params: idParams('inv', 'invitation'),
        response: { 200: Invitation },
      },
    },
    async (request, reply) => {
      const { caller } = request
      const { businessId } = caller
      const id = idOr404('invitation', request.params.id)
      const answer = await writeShared(ctx, request, reply, async (tx) => {
        await holdCaller(ctx, tx, caller)
        const mailed = await mailedWith(tx, caller, `${appUrl(ctx, request)}/app/invitation`)
        const outcome = await resendInvitation(tx, businessId, id, mailed, ctx)
        if (outcome.kind === 'not_found') throw notFound('invitation')
        if (outcome.kind === 'too_many_invitations') throw tooManyInvitations(outcome.waitMs)
        const invitation = must(await findInvitation(tx, businessId, id), 'the invitation')
        refuseMoreThanOwn(caller, invitation.role)
        return invitationToJson(invitation)
      })
      await wakeJob(ctx, 'send_mails')
      return answer
    },
  )
}
