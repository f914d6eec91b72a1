// GET /api/v1/invitations: who is invited and has not accepted yet.
import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { Invitation } from '../../../../contract/api/staff.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { MailStatus } from '../../../mail/outbox.ts'
import type { AppContext } from '../../../server/context.ts'
import { type Invitation as InvitationRow, listInvitations } from '../../../staff/invitations.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerListInvitations(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/invitations',
    {
      config: { scope: 'staff:read' },
      schema: {
        tags: ['Staff'],
        operationId: 'listInvitations',
        summary: 'List open invitations',
        description: 'Newest first, also those whose link has ended. All are returned on one page.',
        response: { 200: Type.Object({ data: Type.Array(Invitation) }) },
      },
    },
    async (request) => ({ data: (await listInvitations(ctx.db, request.caller.businessId)).map(invitationToJson) }),
  )
}

export function invitationToJson(row: InvitationRow): Invitation {
  const { id, email, role, branchIds, createdAt, createdBy, expiresAt, mailStatus } = row
  return {
    id: formatId('invitation', id),
    email,
    role,
    branches: branchIds?.map((branch) => formatId('branch', branch)) ?? null,
    created_at: formatInstant(createdAt),
    created_by: actorToJson(createdBy),
    expires_at: formatInstant(expiresAt),
    mail: mailToJson(mailStatus),
  }
}

/** A mail that is being sent waits; one that is not kept any more was sent. */
export function mailToJson(status: MailStatus | null): Invitation['mail'] {
  switch (status) {
    case 'waiting':
    case 'sending':
      return 'waiting'
    case 'failed':
      return 'failed'
    default:
      return 'sent'
  }
}
