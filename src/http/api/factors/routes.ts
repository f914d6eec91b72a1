// Operations for second factors: authenticator app, recovery codes, passkeys.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import {
  registerAddPasskey,
  registerDeletePasskey,
  registerListPasskeys,
  registerNewPasskeyOptions,
  registerRenamePasskey,
} from './passkeys.ts'
import {
  registerBeginSecondFactor,
  registerConfirmSecondFactor,
  registerGetSecondFactor,
  registerReplaceRecoveryCodes,
  registerTurnOffSecondFactor,
} from './second-factor.ts'
import { registerPasskeyOptions, registerSignInByPasskey } from './sign-in-by-passkey.ts'
import { registerSignInBySecondFactor } from './sign-in-by-second-factor.ts'

/** For everybody: nobody is signed in yet. */
export function factorSignInRoutes(app: ApiServer, ctx: AppContext): void {
  registerSignInBySecondFactor(app, ctx)
  registerPasskeyOptions(app, ctx)
  registerSignInByPasskey(app, ctx)
}

/** For the person who is signed in. */
export function factorRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetSecondFactor(app, ctx)
  registerBeginSecondFactor(app, ctx)
  registerConfirmSecondFactor(app, ctx)
  registerTurnOffSecondFactor(app, ctx)
  registerReplaceRecoveryCodes(app, ctx)
  registerListPasskeys(app, ctx)
  registerNewPasskeyOptions(app, ctx)
  registerAddPasskey(app, ctx)
  registerRenamePasskey(app, ctx)
  registerDeletePasskey(app, ctx)
}
