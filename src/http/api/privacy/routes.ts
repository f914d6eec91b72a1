// The operations of the business API on privacy: export, erasure, and the log of erasures.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerEraseCustomer } from './erase-customer.ts'
import { registerExportCustomer } from './export-customer.ts'
import { registerGetErasure } from './get-erasure.ts'
import { registerListErasures } from './list-erasures.ts'
import { registerPreviewErasure } from './preview-erasure.ts'

/** In the order of the API reference. */
export function privacyRoutes(app: ApiServer, ctx: AppContext): void {
  registerExportCustomer(app, ctx)
  registerPreviewErasure(app, ctx)
  registerEraseCustomer(app, ctx)
  registerListErasures(app, ctx)
  registerGetErasure(app, ctx)
}
