// POST /api/v1/customers/{id}/subscriptions: starts a plan for a customer without a purchase.
import { idParams } from '../../../../contract/api/common.ts'
import { NewSubscription, Subscription } from '../../../../contract/api/customers.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { subscribe } from '../../../programs/plans/subscribe.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { heldCustomerOr404 } from './customer-problem.ts'
import { subscriptionToJson } from './subscription-to-json.ts'

export function registerCreateSubscription(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/subscriptions',
    {
      config: {
        scope: 'subscriptions:write',
        problems: [
          'not_found',
          'customer_merged',
          'customer_erased',
          'conflict',
          'idempotency_key_reused',
          'idempotency_in_progress',
        ],
      },
      schema: {
        tags: ['Subscriptions'],
        operationId: 'createSubscription',
        summary: 'Create a subscription',
        description:
          'For a plan that was paid for elsewhere. A plan bought as a product in an order starts automatically.',
        params: idParams('cus', 'customer'),
        body: NewSubscription,
        response: { 201: Subscription },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { program_id, starts_at } = request.body
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        await heldCustomerOr404(tx, businessId, customerId)
        const programId = idOr404('program', program_id)
        if (!programs.programs.has(programId)) throw notFound('program')
        const startsAt = starts_at === undefined ? {} : { startsAt: Date.parse(starts_at) }
        const outcome = await subscribe(tx, lock, programs, { customerId, programId, ...startsAt }, ctx)
        switch (outcome.kind) {
          case 'subscribed':
            return subscriptionToJson(outcome.subscription, ctx.clock.now())
          case 'no_plan':
            throw invalid('/program_id', 'must be a subscription program', 'يجب أن يكون برنامج اشتراك')
          case 'not_in_force':
            throw notInForce()
          case 'too_far_ahead':
            throw invalid('/starts_at', 'must be at most one year in the future', 'يجب ألا يتجاوز سنة من الآن')
          case 'over_already':
            throw invalid(
              '/starts_at',
              'is too far in the past; the plan would already have ended',
              'قديم جدًا؛ مدة الباقة منتهية بالفعل',
            )
          default:
            return unreachable(outcome)
        }
      })
    },
  )
}

function notInForce(): Problem {
  return new Problem('conflict', {
    detail: { en: 'The program is not active.', ar: 'البرنامج غير مفعّل حاليًا.' },
  })
}
