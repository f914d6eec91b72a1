// POST /pos/1.0.0/{pos_name}/redeem: redeems a code for the order that got the discount.
import { Type } from 'typebox'
import { RedeemAnswer } from '../../../contract/pos-reward.ts'
import { redeemCode } from '../../rewards/redeem/redeem.ts'
import type { AppContext } from '../../server/context.ts'
import { runQueued } from '../plugins/request-queue.ts'
import type { ApiServer } from '../server.ts'
import { parseRedeemRequest, readTillRequest } from './read-code-request.ts'
import { redemptionProblem } from './redemption-problem.ts'
import { renderRedeemed } from './render-reward.ts'

export function redeemRoute(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/redeem',
    {
      schema: {
        tags: ['POS'],
        summary: 'Redeem a code',
        description: `Body: the fields of the check, plus \`order_id\` and \`discount_amount\` (the discount given); optional: \`branch_id\`, \`user_id\`, \`date\`
and \`redeemed_products\` (\`[{product_id, quantity}]\`). The order itself can arrive later. Redeeming the same code for the same order again returns
the same response. After 503 send it again. If the order is voided or fully returned, the reward is restored automatically.`,
        params: Type.Object({ pos_name: Type.String() }),
        response: { 200: RedeemAnswer },
      },
      config: {
        problems: [
          ...(['invalid_json', 'too_large', 'unsupported_media_type', 'invalid_request', 'unavailable'] as const),
          ...(['business_unknown', 'reward_not_found', 'reward_used', 'reward_expired', 'reward_cancelled'] as const),
          ...(['reward_not_here', 'reward_not_now', 'use_limit_reached', 'too_soon', 'too_many_attempts'] as const),
          ...(['discount_too_high', 'order_too_small', 'not_combinable'] as const),
        ],
      },
    },
    async (request) => {
      const { business, parsed } = await readTillRequest(ctx, request, parseRedeemRequest)
      const { pos } = request
      const now = ctx.clock.now()
      const till = { posName: pos.name, token: pos.credentialId ?? '' }
      const outcome = await runQueued(ctx.tillQueue, business.businessId, 'single', request, () =>
        redeemCode(ctx, till, business, parsed, now),
      )
      if (outcome.kind !== 'redeemed') throw redemptionProblem(outcome, business, now)
      return renderRedeemed(outcome, parsed, business.currency, ctx.integrations.get(pos.adapter).reward)
    },
  )
}
