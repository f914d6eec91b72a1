// The operations of the business API on reports and the figures of Home.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerBranchReport } from './branches.ts'
import { registerCohortReport } from './cohorts.ts'
import { registerHomeFigures } from './home.ts'
import { registerLiabilityReport } from './liability.ts'
import { registerRedemptionReport } from './redemption.ts'
import { registerRewardReport } from './rewards.ts'
import { registerVisitReport } from './visits.ts'

/** In the order of the API reference. */
export function reportRoutes(app: ApiServer, ctx: AppContext): void {
  registerHomeFigures(app, ctx)
  registerVisitReport(app, ctx)
  registerLiabilityReport(app, ctx)
  registerRedemptionReport(app, ctx)
  registerRewardReport(app, ctx)
  registerBranchReport(app, ctx)
  registerCohortReport(app, ctx)
}
