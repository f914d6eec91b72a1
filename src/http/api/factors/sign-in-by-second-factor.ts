// POST /api/v1/session/second-factor: the second step of signing in with a password.
import { SignInBySecondFactor } from '../../../../contract/api/factors.ts'
import { SignInResult } from '../../../../contract/api/session.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import type { AppContext } from '../../../server/context.ts'
import { type SecondFactorProof, signInBySecondFactor } from '../../../staff/sign-in-second-factor.ts'
import { originOf } from '../../auth/person.ts'
import { awaitedToken, clearAwaitedCookie, sessionToken, setSessionCookie } from '../../auth/session-cookie.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { tooManyAttempts } from '../session/failed-proof.ts'
import { sessionOf } from '../session/session-to-json.ts'

export function registerSignInBySecondFactor(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/second-factor',
    {
      config: { isPublic: true, problems: ['wrong_second_factor', 'sign_in_expired', 'too_many_attempts'] },
      schema: {
        tags: ['Session'],
        operationId: 'signInBySecondFactor',
        summary: 'Sign in with the second factor',
        description: `After \`POST /session\` answered \`second_factor_required\`, within 10 minutes and in the same browser: with a code of the
authenticator app or a recovery code. After five wrong ones the password is needed again, and the account takes one code per minute;
recovery codes and passkeys still work.`,
        body: SignInBySecondFactor,
        response: { 200: SignInResult },
      },
    },
    async (request, reply): Promise<SignInResult> => {
      const proof = secondFactorIn(request.body)
      const outcome = await signInBySecondFactor(ctx, {
        awaited: awaitedToken(request) ?? '',
        proof,
        browser: { origin: originOf(request), former: sessionToken(request) },
      })
      switch (outcome.kind) {
        case 'too_many_attempts':
          throw tooManyAttempts(outcome.waitMs)
        case 'wrong':
          throw wrongSecondFactor()
        case 'expired':
          clearAwaitedCookie(reply)
          throw new Problem('sign_in_expired', { detail: EXPIRED })
        case 'signed_in':
          setSessionCookie(reply, outcome.token)
          clearAwaitedCookie(reply)
          if (proof.kind === 'recovery_code') await wakeJob(ctx, 'send_mails')
          return { second_factor_required: false, session: await sessionOf(ctx, outcome.token) }
      }
    },
  )
}

/** The schema takes one of both. */
export function secondFactorIn({
  code,
  recovery_code,
}: {
  code?: string | undefined
  recovery_code?: string | undefined
}): SecondFactorProof {
  return code === undefined ? { kind: 'recovery_code', code: recovery_code ?? '' } : { kind: 'code', code }
}

/** 401 `wrong_second_factor`. */
export function wrongSecondFactor(): Problem {
  return new Problem('wrong_second_factor', {
    detail: {
      en: 'The code is wrong, or was used already. Enter the code that the app shows now, or a recovery code that you have not used.',
      ar: 'الرمز غير صحيح أو سبق استخدامه. أدخل الرمز الذي يعرضه التطبيق الآن، أو رمز استرداد لم تستخدمه.',
    },
  })
}

const EXPIRED = {
  en: 'Enter your password again: the code was awaited for 10 minutes, or five codes were wrong.',
  ar: 'أدخل كلمة المرور من جديد: انتهت مهلة الرمز وهي 10 دقائق، أو أُدخلت خمسة رموز خاطئة.',
}
