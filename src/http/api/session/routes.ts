// Operations for signing in and out.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerAcceptInvitation } from './accept-invitation.ts'
import { registerGetSession } from './get-session.ts'
import { registerLeaveBusiness } from './leave-business.ts'
import { registerReadInvitation } from './read-invitation.ts'
import { registerRequestPasswordReset } from './request-password-reset.ts'
import { registerResetPassword } from './reset-password.ts'
import { registerSignIn } from './sign-in.ts'
import { registerSignInByLink } from './sign-in-by-link.ts'
import { registerSignOut } from './sign-out.ts'
import { registerStepUp } from './step-up.ts'

/** For everybody: nobody is signed in yet. */
export function signInRoutes(app: ApiServer, ctx: AppContext): void {
  registerSignIn(app, ctx)
  registerSignInByLink(app, ctx)
  registerSignOut(app, ctx)
  registerRequestPasswordReset(app, ctx)
  registerResetPassword(app, ctx)
  registerReadInvitation(app, ctx)
  registerAcceptInvitation(app, ctx)
}

/** For the person who is signed in. */
export function personRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetSession(app, ctx)
  registerStepUp(app, ctx)
  registerLeaveBusiness(app, ctx)
}
