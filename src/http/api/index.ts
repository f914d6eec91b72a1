// The resources of the business API.
import type { AppContext } from '../../server/context.ts'
import type { ApiServer } from '../server.ts'
import { accountLinkRoutes, accountRoutes } from './account/routes.ts'
import { activityRoutes } from './activity/routes.ts'
import { adjustmentRoutes } from './adjustments/routes.ts'
import { backTestRoutes } from './back-tests/routes.ts'
import { brandRoutes } from './brand/routes.ts'
import { businessRoutes } from './business/routes.ts'
import { cardRoutes } from './cards/routes.ts'
import { claimRoutes } from './claims/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { deliveryRoutes } from './deliveries/routes.ts'
import { demoRoutes } from './demo/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { factorRoutes, factorSignInRoutes } from './factors/routes.ts'
import { installationRoutes } from './installations/routes.ts'
import { onboardingRoutes } from './onboarding/routes.ts'
import { orderRoutes } from './orders/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { privacyNoticeRoutes } from './privacy-notices/routes.ts'
import { programRoutes } from './programs/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { rewardRoutes } from './rewards/routes.ts'
import { personRoutes, signInRoutes } from './session/routes.ts'
import { staffRoutes } from './staff/routes.ts'

/** For people who are not signed in yet. */
export function registerSignIn(app: ApiServer, ctx: AppContext): void {
  signInRoutes(app, ctx)
  factorSignInRoutes(app, ctx)
  accountLinkRoutes(app, ctx)
}

/** For the person who is signed in. */
export function registerAccount(app: ApiServer, ctx: AppContext): void {
  personRoutes(app, ctx)
  accountRoutes(app, ctx)
  factorRoutes(app, ctx)
}

/** For a business. In the order of the API reference. */
export function registerApi(app: ApiServer, ctx: AppContext): void {
  programRoutes(app, ctx)
  backTestRoutes(app, ctx)
  rewardRoutes(app, ctx)
  customerRoutes(app, ctx)
  adjustmentRoutes(app, ctx)
  cardRoutes(app, ctx)
  claimRoutes(app, ctx)
  privacyRoutes(app, ctx)
  privacyNoticeRoutes(app, ctx)
  orderRoutes(app, ctx)
  deliveryRoutes(app, ctx)
  reportRoutes(app, ctx)
  businessRoutes(app, ctx)
  brandRoutes(app, ctx)
  installationRoutes(app, ctx)
  staffRoutes(app, ctx)
  eventRoutes(app, ctx)
  onboardingRoutes(app, ctx)
  demoRoutes(app, ctx)
  activityRoutes(app, ctx)
}
