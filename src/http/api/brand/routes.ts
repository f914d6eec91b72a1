// The operations of the business API on the brand.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetBrand } from './get-brand.ts'
import { registerUpdateBrand } from './update-brand.ts'

/** In the order of the API reference. */
export function brandRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetBrand(app, ctx)
  registerUpdateBrand(app, ctx)
}
