// POST /api/v1/session/step-up: proves again who the person is, for what asks for a recent proof.
import type { FastifyRequest } from 'fastify'
import { Session, StepUp } from '../../../../contract/api/session.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import type { AppContext } from '../../../server/context.ts'
import { type Proof, stepUp } from '../../../staff/step-up.ts'
import { notSignedIn, originOf } from '../../auth/person.ts'
import { relyingPartyOf } from '../../auth/relying-party.ts'
import { sessionToken, setSessionCookie } from '../../auth/session-cookie.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { refusedPasskey } from '../factors/refused-passkey.ts'
import { passkeyAnswerIn } from '../factors/sign-in-by-passkey.ts'
import { secondFactorIn, wrongSecondFactor } from '../factors/sign-in-by-second-factor.ts'
import { tooManyAttempts, wrongPassword } from './failed-proof.ts'
import { sessionOf } from './session-to-json.ts'

export function registerStepUp(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/step-up',
    {
      config: { problems: PROBLEMS },
      schema: {
        tags: ['Session'],
        operationId: 'stepUp',
        summary: 'Confirm who you are',
        description: `With a passkey, or with the password: when the second factor is on, with a code or a recovery code beside it. For operations that answer \`step_up_required\`: they are possible for 5 minutes after it. The session gets a new token
in its cookie, and the former token is refused from then on. Failed attempts are limited together with those of signing in.`,
        body: StepUp,
        response: { 200: Session },
      },
    },
    async (request, reply): Promise<Session> => {
      const outcome = await stepUp(ctx, {
        session: request.person,
        token: sessionToken(request) ?? '',
        proof: proofIn(ctx, request),
        origin: originOf(request),
      })
      switch (outcome.kind) {
        case 'too_many_attempts':
          throw tooManyAttempts(outcome.waitMs)
        case 'wrong':
          throw wrongPassword('/password')
        case 'second_factor_required':
          throw new Problem('second_factor_required', { detail: CODE_NEEDED })
        case 'wrong_second_factor':
          throw wrongSecondFactor()
        case 'refused':
          throw refusedPasskey(ctx, outcome.reason)
        case 'ended':
          throw notSignedIn()
        case 'confirmed':
          setSessionCookie(reply, outcome.token)
          if (request.body.recovery_code !== undefined) await wakeJob(ctx, 'send_mails')
          return sessionOf(ctx, outcome.token)
      }
    },
  )
}

const PROBLEMS = [
  'wrong_password',
  'second_factor_required',
  'wrong_second_factor',
  'wrong_passkey',
  'too_many_attempts',
  'conflict',
] as const

function proofIn(ctx: AppContext, request: FastifyRequest<{ Body: StepUp }>): Proof {
  const { password, code, recovery_code, passkey } = request.body
  if (passkey !== undefined) {
    if (Object.keys(request.body).length > 1) throw invalid('/passkey', 'must stand alone', 'يجب أن يُرسل وحده')
    return { kind: 'passkey', answer: passkeyAnswerIn(passkey), rp: relyingPartyOf(ctx, request) }
  }
  if (password === undefined) throw invalid('/password', 'is required', 'مطلوب')
  const given = code !== undefined || recovery_code !== undefined
  return { kind: 'password', password, secondFactor: given ? secondFactorIn({ code, recovery_code }) : null }
}

const CODE_NEEDED = {
  en: 'The password is right. Send it again with a code of the authenticator app, or a recovery code.',
  ar: 'كلمة المرور صحيحة. أرسلها مرة أخرى مع رمز من تطبيق المصادقة أو رمز استرداد.',
}
