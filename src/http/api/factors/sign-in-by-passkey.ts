// POST /api/v1/session/passkey and …/options: signs a person in with a passkey, without an email address.
import { PasskeyAnswer, PasskeyOptions } from '../../../../contract/api/factors.ts'
import { SignInResult } from '../../../../contract/api/session.ts'
import type { AppContext } from '../../../server/context.ts'
import { passkeyOptions, type PasskeyAnswer as StaffAnswer } from '../../../staff/passkeys.ts'
import { signInByPasskey } from '../../../staff/sign-in-passkey.ts'
import { originOf } from '../../auth/person.ts'
import { relyingPartyOf } from '../../auth/relying-party.ts'
import { clearAwaitedCookie, sessionToken, setSessionCookie } from '../../auth/session-cookie.ts'
import type { ApiServer } from '../../server.ts'
import { sessionOf } from '../session/session-to-json.ts'
import { refusedPasskey } from './refused-passkey.ts'

export function registerPasskeyOptions(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/passkey/options',
    {
      config: { isPublic: true, problems: ['conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'getPasskeyOptions',
        summary: 'Begin to sign in with a passkey',
        description: 'What the browser needs to ask for a passkey. The challenge is valid once, for 5 minutes.',
        response: { 200: PasskeyOptions },
      },
    },
    async (request): Promise<PasskeyOptions> => {
      const options = await passkeyOptions(ctx.db, relyingPartyOf(ctx, request), ctx)
      // The schema of the response picks what it states.
      return options as PasskeyOptions
    },
  )
}

export function registerSignInByPasskey(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/passkey',
    {
      config: { isPublic: true, problems: ['wrong_passkey', 'conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'signInByPasskey',
        summary: 'Sign in with a passkey',
        description: `With what the browser answered to the options. The authenticator must have verified the person, so no second factor is needed.
Sets the session cookie as signing in with a password does.`,
        body: PasskeyAnswer,
        response: { 200: SignInResult },
      },
    },
    async (request, reply): Promise<SignInResult> => {
      const browser = { origin: originOf(request), former: sessionToken(request) }
      const answer = passkeyAnswerIn(request.body)
      const outcome = await signInByPasskey(ctx, { answer, rp: relyingPartyOf(ctx, request), browser })
      if (outcome.kind === 'refused') throw refusedPasskey(ctx, outcome.reason)
      setSessionCookie(reply, outcome.token)
      clearAwaitedCookie(reply)
      return { second_factor_required: false, session: await sessionOf(ctx, outcome.token) }
    },
  )
}

export function passkeyAnswerIn(body: PasskeyAnswer): StaffAnswer {
  return {
    credentialId: body.credential_id,
    clientData: body.client_data,
    authenticatorData: body.authenticator_data,
    signature: body.signature,
    userHandle: body.user_handle,
  }
}
