// POST /api/v1/rewards/{id}/archive: takes a reward out of the catalogue.
import { idParams } from '../../../../contract/api/common.ts'
import { RewardInFull } from '../../../../contract/api/rewards.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { archiveReward } from '../../../rewards/catalogue/reward-lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { rewardDetailsToJson } from './reward-to-json.ts'

export function registerArchiveReward(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/rewards/:id/archive',
    {
      config: {
        scope: 'rewards:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Rewards'],
        operationId: 'archiveReward',
        summary: 'Archive a reward',
        description: 'It can no longer be claimed. Held claims stay valid. It can be activated again.',
        params: idParams('rwd', 'reward'),
        response: { 200: RewardInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('reward', request.params.id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      return writeTenant(ctx, request, reply, async (tx) => {
        const { kind } = await archiveReward(tx, { businessId, rewardId: id }, ctx)
        switch (kind) {
          case 'archived':
            return rewardDetailsToJson(tx, { businessId, id, currency })
          case 'not_found':
            throw notFound('reward')
          case 'already_archived':
            throw new Problem('conflict', {
              detail: {
                en: 'The reward is already archived. Activate it so that it can be claimed again.',
                ar: 'المكافأة مؤرشفة بالفعل. فعّلها لتصبح متاحة من جديد.',
              },
            })
          default:
            return unreachable(kind)
        }
      })
    },
  )
}
