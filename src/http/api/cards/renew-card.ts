// POST /api/v1/customers/{id}/card/renew: a new card for a customer who lost theirs.
import { CustomerCard } from '../../../../contract/api/cards.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { renewCard } from '../../../customers/card-serial.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { cardToJson } from './get-card.ts'

export function registerRenewCard(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/card/renew',
    {
      config: { scope: 'claims:write', problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'] },
      schema: {
        tags: ['Cards'],
        operationId: 'renewCard',
        summary: "Renew a customer's card",
        description: 'Use this if a card was lost or copied. All earlier tokens stop working immediately.',
        params: idParams('cus', 'customer'),
        response: { 200: CustomerCard },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      // The token is created outside of the transaction, so that no stored response contains it.
      const card = await writeTenant(ctx, request, reply, async (tx) => {
        const renewed = await renewCard(tx, businessId, customerId)
        if (renewed === null) throw notFound('customer')
        return renewed
      })
      reply.header('cache-control', 'no-store')
      return cardToJson(ctx, businessId, customerId, card)
    },
  )
}
