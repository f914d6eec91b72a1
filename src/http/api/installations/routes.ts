// The operations of the business API on installations of LoyaPro in a POS, and what they synchronise.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetPosAccount } from './get-pos-account.ts'
import { registerListCategories } from './list-categories.ts'
import { registerListPosAccounts } from './list-pos-accounts.ts'
import { registerListProducts } from './list-products.ts'
import { registerRemovePosAccount } from './remove-pos-account.ts'
import { registerStartBackfill } from './start-backfill.ts'
import { registerStartConsent } from './start-consent.ts'
import { registerSyncPosAccount } from './sync-pos-account.ts'

/** In the order of the API reference. */
export function installationRoutes(app: ApiServer, ctx: AppContext): void {
  registerListPosAccounts(app, ctx)
  registerStartConsent(app, ctx)
  registerGetPosAccount(app, ctx)
  registerSyncPosAccount(app, ctx)
  registerStartBackfill(app, ctx)
  registerRemovePosAccount(app, ctx)
  registerListProducts(app, ctx)
  registerListCategories(app, ctx)
}
