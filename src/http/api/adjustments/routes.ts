// The operations of the business API on the limits of adjustments.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerGetAllowance } from './get-allowance.ts'
import { registerGetLimits } from './get-limits.ts'
import { registerSetLimits } from './set-limits.ts'

export function adjustmentRoutes(app: ApiServer, ctx: AppContext): void {
  registerGetAllowance(app, ctx)
  registerGetLimits(app, ctx)
  registerSetLimits(app, ctx)
}
