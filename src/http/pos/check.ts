// POST /pos/1.0.0/{pos_name}/reward: checks a code and returns what it takes off. Changes nothing.
import { Type } from 'typebox'
import { RewardAnswer } from '../../../contract/pos-reward.ts'
import { checkCode } from '../../rewards/redeem/check-code.ts'
import type { AppContext } from '../../server/context.ts'
import { runQueued } from '../plugins/request-queue.ts'
import type { ApiServer } from '../server.ts'
import { parseCodeRequest, readTillRequest } from './read-code-request.ts'
import { redemptionProblem } from './redemption-problem.ts'
import { renderReward } from './render-reward.ts'

export function checkRoute(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/reward',
    {
      schema: {
        tags: ['POS'],
        summary: 'Check a code',
        description: `Body: \`business_reference\`, \`reward_code\`, \`customer_mobile_number\`, \`mobile_country_code\` (966, "+966" or "SA"), optional
\`branch_id\`. Checking changes nothing; the code stays valid. Error responses have a \`message\` for the cashier's screen.`,
        params: Type.Object({ pos_name: Type.String() }),
        response: { 200: RewardAnswer },
      },
      config: {
        problems: [
          ...(['invalid_json', 'too_large', 'unsupported_media_type', 'invalid_request', 'unavailable'] as const),
          ...(['business_unknown', 'reward_not_found', 'reward_used', 'reward_expired', 'reward_cancelled'] as const),
          ...(['reward_not_here', 'reward_not_now', 'use_limit_reached', 'too_soon', 'too_many_attempts'] as const),
        ],
      },
    },
    async (request) => {
      const { business, parsed } = await readTillRequest(ctx, request, parseCodeRequest)
      const { pos } = request
      const now = ctx.clock.now()
      const till = { posName: pos.name, token: pos.credentialId ?? '' }
      const outcome = await runQueued(ctx.tillQueue, business.businessId, 'single', request, () =>
        checkCode(ctx.db, till, business, parsed, now),
      )
      if (outcome.kind !== 'valid') throw redemptionProblem(outcome, business, now)
      return renderReward(outcome, parsed, business.currency, ctx.integrations.get(pos.adapter).reward)
    },
  )
}
