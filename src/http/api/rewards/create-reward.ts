// POST /api/v1/rewards: puts a reward into the catalogue.
import { NewReward, RewardInFull } from '../../../../contract/api/rewards.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { createReward } from '../../../rewards/catalogue/reward-lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import { refusal } from '../../plugins/validation.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { inItsOwnWords, readOffer } from './reward-body.ts'
import { rewardDetailsToJson } from './reward-to-json.ts'

export function registerCreateReward(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/rewards',
    {
      config: {
        scope: 'rewards:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      validatorCompiler: inItsOwnWords,
      schema: {
        tags: ['Rewards'],
        operationId: 'createReward',
        summary: 'Create a reward',
        description: `It can be claimed immediately. The fixed-amount types need \`discount_amount\`; the percentage types need
\`percent\` and can have \`max_discount_amount\`. The product types need \`products\` or \`categories\`; the order types have neither.`,
        body: NewReward,
        response: { 201: RewardInFull },
      },
    },
    async (request, reply) => {
      const { name, program_id, image_url, ...offer } = request.body
      const programId = idOr404('program', program_id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      const names = { name: name.en, nameAr: name.ar, imageUrl: image_url ?? null }
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const made = await createReward(tx, { businessId, programId, ...names, ...readOffer(offer) }, ctx)
        switch (made.kind) {
          case 'created':
            return rewardDetailsToJson(tx, { businessId, id: made.rewardId, currency })
          case 'program_not_found':
            throw notFound('program')
          case 'invalid':
            throw refusal(made.problems)
          default:
            return unreachable(made)
        }
      })
    },
  )
}
