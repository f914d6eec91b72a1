// POST /api/v1/session/invitation: what the link of an invitation offers.
import { InvitationLink, OfferedMembership } from '../../../../contract/api/staff.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { openInvitation } from '../../../staff/invitations.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerReadInvitation(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/invitation',
    {
      config: { isPublic: true, changesNothing: true, problems: ['link_invalid'] },
      schema: {
        tags: ['Session'],
        operationId: 'readInvitation',
        summary: 'Read an invitation',
        description: 'Changes nothing: the link stays good. It is a POST so that the token is in no address.',
        body: InvitationLink,
        response: { 200: OfferedMembership },
      },
    },
    async (request): Promise<OfferedMembership> => {
      const opened = await openInvitation(ctx.db, request.body.token, ctx.clock.now())
      if (opened === null) throw invitationInvalid()
      const { businessId, businessName, businessNameAr, role, email, expiresAt, staffId } = opened
      return {
        business: { id: formatId('business', businessId), en: businessName, ar: businessNameAr },
        role,
        email,
        expires_at: formatInstant(expiresAt),
        has_account: staffId !== null,
      }
    },
  )
}

export function invitationInvalid(): Problem {
  return new Problem('link_invalid', {
    detail: {
      en: 'The invitation was accepted or withdrawn, or its 72 hours are over. Ask the business to invite you again.',
      ar: 'قُبلت الدعوة أو سُحبت أو انتهت مدتها (72 ساعة). اطلب من المنشأة دعوتك من جديد.',
    },
  })
}
