// The operations of the business API on claims and redemptions.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerCancelClaim } from './cancel-claim.ts'
import { registerCreateClaim } from './create-claim.ts'
import { registerGetClaim } from './get-claim.ts'
import { registerListClaims } from './list-claims.ts'
import { registerReturnRedemption } from './return-redemption.ts'

/** In the order of the API reference. */
export function claimRoutes(app: ApiServer, ctx: AppContext): void {
  registerListClaims(app, ctx)
  registerCreateClaim(app, ctx)
  registerGetClaim(app, ctx)
  registerCancelClaim(app, ctx)
  registerReturnRedemption(app, ctx)
}
