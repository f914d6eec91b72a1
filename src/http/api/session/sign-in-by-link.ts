// POST /api/v1/session/link: signs the owner of the demo in with the link that `npm start` prints.
import { SignInByLink, SignInResult } from '../../../../contract/api/session.ts'
import type { AppContext } from '../../../server/context.ts'
import { signInByLink } from '../../../staff/sign-in.ts'
import { originOf } from '../../auth/person.ts'
import { sessionToken, setAwaitedCookie, setSessionCookie } from '../../auth/session-cookie.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { sessionOf } from './session-to-json.ts'

export function registerSignInByLink(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/link',
    {
      config: { isPublic: true, problems: ['link_invalid'] },
      schema: {
        tags: ['Session'],
        operationId: 'signInByLink',
        summary: 'Sign in with a one-time link',
        description:
          'Signs the owner of the demo in. The link is printed when LoyaPro starts, and is valid once, for 15 minutes, on this machine.',
        body: SignInByLink,
        response: { 200: SignInResult },
      },
    },
    async (request, reply): Promise<SignInResult> => {
      const browser = { origin: originOf(request), former: sessionToken(request) }
      const link = request.body.token
      const outcome = isThisMachine(request.ip) ? await signInByLink(ctx, { link, browser }) : NOT_HERE
      switch (outcome.kind) {
        case 'wrong':
          throw new Problem('link_invalid', { detail: INVALID })
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

const NOT_HERE = { kind: 'wrong' } as const

function isThisMachine(address: string): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address)
}

const INVALID = {
  en: 'The link is valid once, for 15 minutes, on the machine that runs LoyaPro. Start LoyaPro again for a new one, or sign in with the password in demo.json.',
  ar: 'الرابط صالح مرة واحدة خلال 15 دقيقة على الجهاز الذي يشغّل لويا برو. أعد تشغيل لويا برو للحصول على رابط جديد، أو سجّل الدخول بكلمة المرور الموجودة في demo.json.',
}
