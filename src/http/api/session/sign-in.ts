// POST /api/v1/session: signs a person in with email address and password.
import { SignIn, SignInResult } from '../../../../contract/api/session.ts'
import type { AppContext } from '../../../server/context.ts'
import { signIn } from '../../../staff/sign-in.ts'
import { originOf } from '../../auth/person.ts'
import { sessionToken, setAwaitedCookie, setSessionCookie } from '../../auth/session-cookie.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { tooManyAttempts } from './failed-proof.ts'
import { sessionOf } from './session-to-json.ts'

export function registerSignIn(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session',
    {
      config: { isPublic: true, problems: ['wrong_sign_in', 'too_many_attempts'] },
      schema: {
        tags: ['Session'],
        operationId: 'signIn',
        summary: 'Sign in',
        description: `Sets the session cookie, and ends the session that the browser had. A session ends after 12 hours without use and after
30 days. The answer is the same for an unknown address and a wrong password. Failed attempts are limited by account and by address.`,
        body: SignIn,
        response: { 200: SignInResult },
      },
    },
    async (request, reply): Promise<SignInResult> => {
      const browser = { origin: originOf(request), former: sessionToken(request) }
      const outcome = await signIn(ctx, { ...request.body, browser })
      switch (outcome.kind) {
        case 'too_many_attempts':
          throw tooManyAttempts(outcome.waitMs)
        case 'wrong':
          throw new Problem('wrong_sign_in', { detail: WRONG })
        case 'second_factor':
          setAwaitedCookie(reply, outcome.awaited)
          return { second_factor_required: true, session: null }
        case 'signed_in':
          setSessionCookie(reply, outcome.token)
          return { second_factor_required: false, session: await sessionOf(ctx, outcome.token) }
      }
    },
  )
}

const WRONG = {
  en: 'The email address or the password is wrong. Check both, or ask for a new password.',
  ar: 'البريد الإلكتروني أو كلمة المرور غير صحيحة. تحقق منهما، أو اطلب كلمة مرور جديدة.',
}
