// The operations of the business API on staff and invitations.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerChangeMember } from './change-member.ts'
import { registerCreateInvitation } from './create-invitation.ts'
import { registerListInvitations } from './list-invitations.ts'
import { registerListMembers } from './list-members.ts'
import { registerRemoveMember } from './remove-member.ts'
import { registerResendInvitation } from './resend-invitation.ts'
import { registerWithdrawInvitation } from './withdraw-invitation.ts'

/** In the order of the API reference. */
export function staffRoutes(app: ApiServer, ctx: AppContext): void {
  registerListMembers(app, ctx)
  registerChangeMember(app, ctx)
  registerRemoveMember(app, ctx)
  registerListInvitations(app, ctx)
  registerCreateInvitation(app, ctx)
  registerResendInvitation(app, ctx)
  registerWithdrawInvitation(app, ctx)
}
