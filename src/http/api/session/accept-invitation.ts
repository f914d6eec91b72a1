// POST /api/v1/session/invitation/accept: the person becomes a member of staff.
import type { FastifyRequest } from 'fastify'
import { Session } from '../../../../contract/api/session.ts'
import { AcceptInvitation } from '../../../../contract/api/staff.ts'
import { passwordProblem } from '../../../../contract/password.ts'
import { formatId } from '../../../kernel/ids.ts'
import { isPlainText } from '../../../kernel/text.ts'
import type { AppContext } from '../../../server/context.ts'
import { type Accepting, type AcceptOutcome, acceptInvitation } from '../../../staff/accept-invitation.ts'
import { openInvitation } from '../../../staff/invitations.ts'
import { originOf } from '../../auth/person.ts'
import { sessionToken, setSessionCookie } from '../../auth/session-cookie.ts'
import { invalid, Problem } from '../../problem.ts'
import { recordOfPerson } from '../../record-write.ts'
import type { ApiServer } from '../../server.ts'
import { invitationInvalid } from './read-invitation.ts'
import { sessionOf } from './session-to-json.ts'

export function registerAcceptInvitation(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/invitation/accept',
    {
      config: { isPublic: true, problems: ['link_invalid', 'account_exists'] },
      schema: {
        tags: ['Session'],
        operationId: 'acceptInvitation',
        summary: 'Accept an invitation',
        description: `Uses the link up. With \`account\`, it creates the account and the membership together, and signs the person in. For an address that has
an account, the person must be signed in to it: 409 \`account_exists\` otherwise.`,
        body: AcceptInvitation,
        response: { 200: Session },
      },
    },
    async (request, reply): Promise<Session> => {
      const { token } = request.body
      const accepting = await readAccepting(ctx, request, request.body)
      const id = accepting.kind === 'account' ? accepting.staffId : accepting.id
      const staff = formatId('staff', id)
      const accepted = await ctx.db.write(`staff:${staff}`, async (tx) => {
        const outcome = await acceptInvitation(tx, token, accepting, ctx)
        if (outcome.kind !== 'accepted') throw refusal(outcome)
        const { businessId, role, branchIds } = outcome
        const after = { role, branches: branchIds?.map((branch) => formatId('branch', branch)) ?? null }
        recordOfPerson(ctx, tx, request, { businessId, subject: staff, before: null, after })
        return outcome
      })
      if (accepted.session !== null) setSessionCookie(reply, accepted.session)
      return sessionOf(ctx, accepted.session ?? sessionToken(request) ?? '')
    },
  )
}

async function readAccepting(
  ctx: AppContext,
  request: FastifyRequest,
  { token, account }: AcceptInvitation,
): Promise<Accepting> {
  const opened = await openInvitation(ctx.db, token, ctx.clock.now())
  if (opened === null) throw invitationInvalid()
  const former = sessionToken(request)
  if (opened.staffId !== null) {
    const signedIn = former === null ? null : await ctx.sessions.verify(former)
    if (signedIn?.staffId !== opened.staffId) throw accountExists(opened.email)
    return { kind: 'account', staffId: opened.staffId, email: opened.email }
  }
  if (account === undefined)
    throw invalid('/account', 'is required: the address has no account yet', 'مطلوب: لا يوجد حساب بهذا البريد بعد')
  const name = account.name.trim()
  if (name === '' || !isPlainText(name)) throw invalid('/account/name', 'must be a name', 'يجب أن يكون اسمًا')
  const problem = passwordProblem(account.password, { email: opened.email, name })
  if (problem !== null) throw invalid('/account/password', problem.en, problem.ar)
  const origin = originOf(request)
  return {
    kind: 'new_account',
    id: ctx.ids.next(),
    name,
    language: account.language,
    passwordHash: await ctx.passwords.hash(account.password, origin.network),
    browser: { origin, former },
  }
}

function refusal({ kind }: Exclude<AcceptOutcome, { kind: 'accepted' }>): Problem {
  switch (kind) {
    case 'invalid':
      return invitationInvalid()
    case 'account_exists':
    case 'other_account':
      return accountExists(null)
  }
}

function accountExists(email: string | null): Problem {
  return new Problem('account_exists', {
    detail:
      email === null
        ? {
            en: 'The invited address has an account. Sign in to it, then accept.',
            ar: 'يوجد حساب بالبريد المدعو. سجّل الدخول إليه ثم اقبل الدعوة.',
          }
        : {
            en: `${email} has an account. Sign in to it, then accept.`,
            ar: `يوجد حساب بالبريد ${email}. سجّل الدخول إليه ثم اقبل الدعوة.`,
          },
  })
}
