// The operations of the business API on loyalty cards and one-time passwords.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetCard } from './get-card.ts'
import { registerReadCard } from './read-card.ts'
import { registerRenewCard } from './renew-card.ts'
import { registerSendPassword } from './send-password.ts'

/** In the order of the API reference. */
export function cardRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetCard(app, ctx)
  registerRenewCard(app, ctx)
  registerReadCard(app, ctx)
  registerSendPassword(app, ctx)
}
