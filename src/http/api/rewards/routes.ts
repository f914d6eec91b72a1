// The operations of the business API on rewards of the catalogue.
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { registerActivateReward } from './activate-reward.ts'
import { registerArchiveReward } from './archive-reward.ts'
import { registerCreateReward } from './create-reward.ts'
import { registerCreateRewardVersion } from './create-reward-version.ts'
import { registerGetReward } from './get-reward.ts'
import { registerListRewards } from './list-rewards.ts'
import { registerUpdateReward } from './update-reward.ts'

/** In the order of the API reference. */
export function rewardRoutes(app: ApiServer, ctx: AppContext): void {
  registerListRewards(app, ctx)
  registerCreateReward(app, ctx)
  registerGetReward(app, ctx)
  registerUpdateReward(app, ctx)
  registerCreateRewardVersion(app, ctx)
  registerArchiveReward(app, ctx)
  registerActivateReward(app, ctx)
}
