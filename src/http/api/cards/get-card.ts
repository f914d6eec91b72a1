// GET /api/v1/customers/{id}/card: the token of the customer's card, for an app that has
// authenticated the customer.
import { actorToJson } from '../../../../contract/actor.ts'
import { CustomerCard } from '../../../../contract/api/cards.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { type CardSerial, findCardSerial } from '../../../customers/card-serial.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'

export function registerGetCard(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id/card',
    {
      config: { scope: 'claims:write', problems: ['not_found'] },
      schema: {
        tags: ['Cards'],
        operationId: 'getCard',
        summary: "Get a customer's card",
        description: `The token to show as a QR code or in a wallet pass. Anyone who shows it to a cashier can redeem, so give it only to the customer, after they
have signed in.`,
        params: idParams('cus', 'customer'),
        response: { 200: CustomerCard },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const card = await readTenant(ctx, request, (tx) => findCardSerial(tx, businessId, customerId))
      if (card === null) throw notFound('customer')
      reply.header('cache-control', 'no-store')
      return cardToJson(ctx, businessId, customerId, card)
    },
  )
}

export function cardToJson(
  { proofKeys }: AppContext,
  businessId: Uuid,
  customerId: Uuid,
  { serial, renewedBy }: CardSerial,
): CustomerCard {
  const token = proofKeys.formatCardToken(businessId, { customerId, serial })
  return { token, serial, renewed_by: actorToJson(renewedBy) }
}
