// GET /api/v1/customers/{id}/orders: the orders of a customer.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import { OrderSummary } from '../../../../contract/api/orders.ts'
import { findCustomer } from '../../../customers/store.ts'
import { listOrders } from '../../../orders/read.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { orderSummaryToJson } from './order-to-json.ts'
import { OrderPosition, positionOf } from './position.ts'

export function registerListCustomerOrders(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id/orders',
    {
      config: { scope: 'orders:read', problems: ['not_found'] },
      schema: {
        tags: ['Customers'],
        operationId: 'listCustomerOrders',
        summary: "List a customer's orders",
        description: 'Newest first, sales and returns.',
        params: idParams('cus', 'customer'),
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(OrderSummary) },
      },
    },
    async (request) => {
      const customerId = idOr404('customer', request.params.id)
      const { limit, cursor } = request.query
      const before = readCursor(OrderPosition, cursor)
      const { businessId, branches } = request.caller
      return readTenant(ctx, request, async (tx) => {
        const [customer, rows] = await Promise.all([
          findCustomer(tx, businessId, customerId),
          listOrders(tx, businessId, { customerId, ...(branches && { branchIds: branches }) }, before, limit + 1),
        ])
        if (!customer) throw notFound('customer')
        return toPage(rows, limit, positionOf, orderSummaryToJson)
      })
    },
  )
}
