// Operations on the account of the person who is signed in.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerChangePassword } from './change-password.ts'
import { registerConfirmEmailChange } from './confirm-email-change.ts'
import { registerEndOtherSessions } from './end-other-sessions.ts'
import { registerEndSession } from './end-session.ts'
import { registerFindRecord } from './find-record.ts'
import { registerGetAccount } from './get-account.ts'
import { registerListSessions } from './list-sessions.ts'
import { registerRequestEmailChange } from './request-email-change.ts'
import { registerUpdateAccount } from './update-account.ts'

/** For everybody: whoever has the link of the mail. */
export function accountLinkRoutes(app: ApiServer, ctx: AppContext): void {
  registerConfirmEmailChange(app, ctx)
}

/** For the person who is signed in. */
export function accountRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetAccount(app, ctx)
  registerUpdateAccount(app, ctx)
  registerChangePassword(app, ctx)
  registerRequestEmailChange(app, ctx)
  registerListSessions(app, ctx)
  registerEndSession(app, ctx)
  registerEndOtherSessions(app, ctx)
  registerFindRecord(app, ctx)
}
