// GET /api/v1/rewards/{id}: a reward with all its versions.
import { idParams } from '../../../../contract/api/common.ts'
import { RewardInFull } from '../../../../contract/api/rewards.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { rewardDetailsToJson } from './reward-to-json.ts'

export function registerGetReward(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/rewards/:id',
    {
      config: { scope: 'rewards:read', problems: ['not_found'] },
      schema: {
        tags: ['Rewards'],
        operationId: 'getReward',
        summary: 'Get a reward',
        params: idParams('rwd', 'reward'),
        response: { 200: RewardInFull },
      },
    },
    async (request) => {
      const id = idOr404('reward', request.params.id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      return readTenant(ctx, request, (tx) => rewardDetailsToJson(tx, { businessId, id, currency }))
    },
  )
}
