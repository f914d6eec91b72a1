// POST /api/v1/invitations: invites a person by mail.
import { Invitation, NewInvitation } from '../../../../contract/api/staff.ts'
import { findBusiness } from '../../../businesses/businesses.ts'
import type { Transaction } from '../../../db/database.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { normaliseEmail } from '../../../staff/email.ts'
import { findInvitation, type InviteOutcome, invite, type MailedWith } from '../../../staff/invitations.ts'
import { MOST_MEMBERS } from '../../../staff/members.ts'
import { findPerson } from '../../../staff/people.ts'
import { appUrl } from '../../app-url.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer, Caller } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { invitationToJson } from './list-invitations.ts'
import { holdCaller, readBranches, refuseMoreThanOwn, tooManyInvitations } from './staff-problem.ts'

export function registerCreateInvitation(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/invitations',
    {
      config: {
        scope: 'staff:write',
        fresh: true,
        problems: ['not_found', 'conflict', 'quota_reached', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Staff'],
        operationId: 'createInvitation',
        summary: 'Invite a person',
        description: `Sends a mail with a link that is valid once, for 72 hours. Whether the address has an account makes no difference to the
answer. A business can send 50 invitations a day. A caller can only give a role with scopes that it has itself.`,
        body: NewInvitation,
        response: { 201: Invitation },
      },
    },
    async (request, reply) => {
      const { caller, body } = request
      const { businessId } = caller
      const email = normaliseEmail(body.email)
      if (email === null) throw invalid('/email', 'must be an email address', 'يجب أن يكون بريدًا إلكترونيًا صحيحًا')
      refuseMoreThanOwn(caller, body.role)
      reply.code(201)
      const answer = await writeShared(ctx, request, reply, async (tx) => {
        await holdCaller(ctx, tx, caller)
        const branchIds = await readBranches(tx, businessId, body)
        const mailed = await mailedWith(tx, caller, `${appUrl(ctx, request)}/app/invitation`)
        const outcome = await invite(tx, { businessId, email, role: body.role, branchIds }, mailed, ctx)
        if (outcome.kind !== 'invited') throw refusal(outcome)
        return invitationToJson(must(await findInvitation(tx, businessId, outcome.id), 'the new invitation'))
      })
      await wakeJob(ctx, 'send_mails')
      return answer
    },
  )
}

export async function mailedWith(tx: Transaction, caller: Caller, page: string): Promise<MailedWith> {
  const business = must(await findBusiness(tx, caller.businessId), 'the business')
  const inviter = caller.staff ? await findPerson(tx, caller.staff.staffId) : null
  return { business, inviter: inviter?.name ?? null, page }
}

function refusal(outcome: Exclude<InviteOutcome, { kind: 'invited' }>): Problem {
  switch (outcome.kind) {
    case 'is_member':
      return new Problem('conflict', {
        detail: {
          en: 'A member of staff has this address already. Change the role of that person instead.',
          ar: 'هذا البريد لأحد الموظفين في المنشأة. غيّر دوره بدلًا من دعوته.',
        },
      })
    case 'is_invited':
      return new Problem('conflict', {
        detail: {
          en: 'This address is invited already. Send the invitation again, or withdraw it first.',
          ar: 'دُعي هذا البريد من قبل. أعد إرسال الدعوة، أو اسحبها أولًا.',
        },
      })
    case 'too_many_members':
      return new Problem('quota_reached', {
        detail: {
          en: `A business has at most ${MOST_MEMBERS} members of staff and open invitations.`,
          ar: `الحد الأقصى للموظفين والدعوات المفتوحة في المنشأة هو ${MOST_MEMBERS}.`,
        },
      })
    case 'too_many_invitations':
      return tooManyInvitations(outcome.waitMs)
  }
}
