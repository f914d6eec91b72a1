// PATCH /api/v1/rewards/{id}: changes the name and the picture of a reward.
import { idParams } from '../../../../contract/api/common.ts'
import { RewardChanges, RewardInFull } from '../../../../contract/api/rewards.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { updateReward } from '../../../rewards/catalogue/reward-lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import { refusal } from '../../plugins/validation.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { inItsOwnWords } from './reward-body.ts'
import { rewardDetailsToJson } from './reward-to-json.ts'

export function registerUpdateReward(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/rewards/:id',
    {
      config: {
        scope: 'rewards:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      validatorCompiler: inItsOwnWords,
      schema: {
        tags: ['Rewards'],
        operationId: 'updateReward',
        summary: 'Update the name or image of a reward',
        description: 'To change the price or conditions, create a new version.',
        params: idParams('rwd', 'reward'),
        body: RewardChanges,
        response: { 200: RewardInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('reward', request.params.id)
      const { name, image_url } = request.body
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      const changes = {
        ...(name?.en !== undefined && { name: name.en }),
        ...(name?.ar !== undefined && { nameAr: name.ar }),
        ...(image_url !== undefined && { imageUrl: image_url }),
      }
      return writeTenant(ctx, request, reply, async (tx) => {
        const outcome = await updateReward(tx, { businessId, rewardId: id, ...changes }, ctx)
        switch (outcome.kind) {
          case 'changed':
            return rewardDetailsToJson(tx, { businessId, id, currency })
          case 'not_found':
            throw notFound('reward')
          case 'invalid':
            throw refusal(outcome.problems)
          default:
            return unreachable(outcome)
        }
      })
    },
  )
}
