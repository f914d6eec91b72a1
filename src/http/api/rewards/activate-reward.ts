// POST /api/v1/rewards/{id}/activate: puts an archived reward back into the catalogue.
import { idParams } from '../../../../contract/api/common.ts'
import { RewardInFull } from '../../../../contract/api/rewards.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { activateReward } from '../../../rewards/catalogue/reward-lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { rewardDetailsToJson } from './reward-to-json.ts'

export function registerActivateReward(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/rewards/:id/activate',
    {
      config: {
        scope: 'rewards:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Rewards'],
        operationId: 'activateReward',
        summary: 'Activate a reward',
        description: 'Reactivates an archived reward. It can be claimed again with its latest version.',
        params: idParams('rwd', 'reward'),
        response: { 200: RewardInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('reward', request.params.id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      return writeTenant(ctx, request, reply, async (tx) => {
        const { kind } = await activateReward(tx, { businessId, rewardId: id }, ctx)
        switch (kind) {
          case 'activated':
            return rewardDetailsToJson(tx, { businessId, id, currency })
          case 'not_found':
            throw notFound('reward')
          case 'already_active':
            throw new Problem('conflict', {
              detail: {
                en: 'The reward is already active. To change it, create a new version.',
                ar: 'المكافأة مفعّلة بالفعل. لتغييرها أنشئ إصدارًا جديدًا.',
              },
            })
          default:
            return unreachable(kind)
        }
      })
    },
  )
}
