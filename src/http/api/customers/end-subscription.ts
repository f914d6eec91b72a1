// POST /api/v1/subscriptions/{id}/end: ends a subscription early.
import { idParams } from '../../../../contract/api/common.ts'
import { Subscription } from '../../../../contract/api/customers.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { endSubscription } from '../../../programs/plans/subscribe.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { subscriptionToJson } from './subscription-to-json.ts'

export function registerEndSubscription(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/subscriptions/:id/end',
    {
      config: {
        scope: 'subscriptions:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Subscriptions'],
        operationId: 'endSubscription',
        summary: 'End a subscription',
        description: 'No further period starts. Uses of the current period stay until they expire.',
        params: idParams('sub', 'subscription'),
        response: { 200: Subscription },
      },
    },
    async (request, reply) => {
      const id = idOr404('subscription', request.params.id)
      const programs = await programsOf(ctx, request.caller.businessId)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [request.caller.businessId])
        const outcome = await endSubscription(tx, lock, programs, id, ctx)
        switch (outcome.kind) {
          case 'ended':
            return subscriptionToJson(outcome.subscription, ctx.clock.now())
          case 'not_found':
            throw notFound('subscription')
          case 'over_already':
            throw overAlready()
          default:
            return unreachable(outcome)
        }
      })
    },
  )
}

function overAlready(): Problem {
  return new Problem('conflict', {
    detail: { en: 'The subscription has already ended.', ar: 'انتهى الاشتراك بالفعل.' },
  })
}
