// GET /api/v1/deliveries/{id}: one delivery, with what was sent when asked.
import { Type } from 'typebox'
import { choice, idParams } from '../../../../contract/api/common.ts'
import { DeliveryInFull } from '../../../../contract/api/deliveries.ts'
import { findBody, findDelivery } from '../../../orders/read-deliveries.ts'
import type { AppContext } from '../../../server/context.ts'
import { forbidden } from '../../auth/authenticate.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { deliveryToJson } from './list-deliveries.ts'

export function registerGetDelivery(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/deliveries/:id',
    {
      config: { scope: 'deliveries:read', problems: ['not_found'] },
      schema: {
        tags: ['Webhook deliveries'],
        operationId: 'getDelivery',
        summary: 'Get a webhook delivery',
        params: idParams('dlv', 'delivery'),
        querystring: Type.Object(
          {
            include: Type.Optional(
              choice(['body'], { description: 'Include the request body. Needs the scope `deliveries:body`.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: DeliveryInFull },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx): Promise<DeliveryInFull> => {
        const id = idOr404('delivery', request.params.id)
        const { businessId } = request.caller
        const delivery = await findDelivery(tx, businessId, id)
        if (!delivery) throw notFound('delivery')
        if (request.query.include === undefined) return deliveryToJson(delivery)
        // The body has everything that the POS knows of the customer.
        if (!request.caller.scopes.includes('deliveries:body')) throw forbidden(request.caller, ['deliveries:body'])
        const body = await findBody(tx, businessId, id)
        return { ...deliveryToJson(delivery), body: JSON.parse(String(body)) }
      }),
  )
}
