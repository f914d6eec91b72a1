// Operations on the account of the person who is signed in.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerChangePassword } from './change-password.ts'
import { registerEndOtherSessions } from './end-other-sessions.ts'
import { registerEndSession } from './end-session.ts'
import { registerFindRecord } from './find-record.ts'
import { registerGetAccount } from './get-account.ts'
import { registerListSessions } from './list-sessions.ts'
import { registerUpdateAccount } from './update-account.ts'

export function accountRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetAccount(app, ctx)
  registerUpdateAccount(app, ctx)
  registerChangePassword(app, ctx)
  registerListSessions(app, ctx)
  registerEndSession(app, ctx)
  registerEndOtherSessions(app, ctx)
  registerFindRecord(app, ctx)
}
