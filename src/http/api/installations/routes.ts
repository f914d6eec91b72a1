// The operations of the business API on installations and on the catalogue imported from them.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetInstallation } from './get-installation.ts'
import { registerListCategories } from './list-categories.ts'
import { registerListInstallations } from './list-installations.ts'
import { registerListProducts } from './list-products.ts'
import { registerRemoveInstallation } from './remove-installation.ts'
import { registerStartBackfill } from './start-backfill.ts'
import { registerStartConsent } from './start-consent.ts'
import { registerSyncInstallation } from './sync-installation.ts'

/** In the order of the API reference. */
export function installationRoutes(app: ApiServer, ctx: AppContext): void {
  registerListInstallations(app, ctx)
  registerStartConsent(app, ctx)
  registerGetInstallation(app, ctx)
  registerSyncInstallation(app, ctx)
  registerStartBackfill(app, ctx)
  registerRemoveInstallation(app, ctx)
  registerListProducts(app, ctx)
  registerListCategories(app, ctx)
}
