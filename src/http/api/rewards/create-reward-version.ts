// POST /api/v1/rewards/{id}/versions: changes price and terms of a reward by giving it another
// version.
import { idParams } from '../../../../contract/api/common.ts'
import { NewRewardVersion, RewardInFull } from '../../../../contract/api/rewards.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { createRewardVersion } from '../../../rewards/catalogue/reward-lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import { refusal } from '../../plugins/validation.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { inItsOwnWords, readOffer } from './reward-body.ts'
import { rewardDetailsToJson } from './reward-to-json.ts'

export function registerCreateRewardVersion(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/rewards/:id/versions',
    {
      config: {
        scope: 'rewards:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      validatorCompiler: inItsOwnWords,
      schema: {
        tags: ['Rewards'],
        operationId: 'createRewardVersion',
        summary: 'Create a version of a reward',
        description: `Send the complete price and conditions. They apply to new claims. Earlier claims keep the price and
conditions they were made with. An archived reward stays archived.`,
        params: idParams('rwd', 'reward'),
        body: NewRewardVersion,
        response: { 201: RewardInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('reward', request.params.id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const outcome = await createRewardVersion(tx, { businessId, rewardId: id, ...readOffer(request.body) }, ctx)
        switch (outcome.kind) {
          case 'saved':
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
