// POST /api/v1/session/step-up: proves again who the person is, for what asks for a recent proof.
import { Session, StepUp } from '../../../../contract/api/session.ts'
import type { AppContext } from '../../../server/context.ts'
import { type Proof, stepUp } from '../../../staff/step-up.ts'
import { notSignedIn, originOf } from '../../auth/person.ts'
import { sessionToken, setSessionCookie } from '../../auth/session-cookie.ts'
import { invalid } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { tooManyAttempts, wrongPassword } from './failed-proof.ts'
import { sessionOf } from './session-to-json.ts'

export function registerStepUp(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/step-up',
    {
      config: { problems: ['wrong_password', 'too_many_attempts'] },
      schema: {
        tags: ['Session'],
        operationId: 'stepUp',
        summary: 'Confirm who you are',
        description: `For operations that answer \`step_up_required\`: they are possible for 5 minutes after it. The session gets a new token
in its cookie, and the former token is refused from then on. Failed attempts are limited together with those of signing in.`,
        body: StepUp,
        response: { 200: Session },
      },
    },
    async (request, reply): Promise<Session> => {
      const outcome = await stepUp(ctx, {
        session: request.person,
        token: sessionToken(request) ?? '',
        proof: proofIn(request.body),
        origin: originOf(request),
      })
      switch (outcome.kind) {
        case 'too_many_attempts':
          throw tooManyAttempts(outcome.waitMs)
        case 'wrong':
          throw wrongPassword('/password')
        case 'ended':
          throw notSignedIn()
        case 'confirmed':
          setSessionCookie(reply, outcome.token)
          return sessionOf(ctx, outcome.token)
      }
    },
  )
}

function proofIn({ password }: StepUp): Proof {
  if (password !== undefined) return { kind: 'password', password }
  throw invalid('/password', 'is required', 'مطلوب')
}
