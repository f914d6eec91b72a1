// GET /api/v1/orders: orders by time, or found by what the POS calls them.
import { Type } from 'typebox'
import { choice, idOf } from '../../../../contract/api/common.ts'
import { OrderSummary } from '../../../../contract/api/orders.ts'
import { listPosSystems } from '../../../businesses/pos-systems.ts'
import { parseId, type Uuid } from '../../../kernel/ids.ts'
import { orderId } from '../../../orders/identity.ts'
import { listOrders, type OrderFilter } from '../../../orders/read.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { orderSummaryToJson } from './order-to-json.ts'
import { OrderPosition, positionOf } from './position.ts'
import { readRange } from './read-range.ts'

export function registerListOrders(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/orders',
    {
      config: { scope: 'orders:read' },
      schema: {
        tags: ['Orders'],
        operationId: 'listOrders',
        summary: 'List or find orders',
        description: 'Newest first, sales and returns. Results match all filters.',
        querystring: Type.Object(
          {
            ...pageQuery,
            pos_order_id: Type.Optional(
              Type.String({ minLength: 1, maxLength: 128, description: 'ID of the order in the POS.' }),
            ),
            pos: Type.Optional(
              Type.String({ maxLength: 41, description: 'Only orders of this POS.', examples: ['foodics'] }),
            ),
            branch_id: Type.Optional(idOf('brn', 'Only orders of this branch.')),
            customer_id: Type.Optional(idOf('cus', 'Only orders of this customer.')),
            status: Type.Optional(
              choice(['initiated', 'paid', 'void', 'refunded', 'joined'], {
                description: 'Current status.',
              }),
            ),
            flagged: Type.Optional(
              Type.Literal(true, { description: 'Only orders that differ from the rewards redeemed for them.' }),
            ),
            from: Type.Optional(since),
            to: Type.Optional(until),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(OrderSummary) },
      },
    },
    async (request) => {
      const { limit, cursor, pos_order_id, pos, branch_id, customer_id, status, flagged, from, to } = request.query
      const before = readCursor(OrderPosition, cursor)
      const { businessId } = request.caller
      const branchId = branch_id === undefined ? undefined : parseId('branch', branch_id)
      const customerId = customer_id === undefined ? undefined : parseId('customer', customer_id)
      // What is not an id is the id of nothing, like one of another business.
      if (branchId === null || customerId === null) return { data: [], next_cursor: null }
      const filter: OrderFilter = {
        ...(pos_order_id !== undefined && { ids: await possibleIds(ctx, businessId, pos_order_id) }),
        ...(pos !== undefined && { posName: pos }),
        ...(branchId !== undefined && { branchId }),
        ...(customerId !== undefined && { customerId }),
        ...(status !== undefined && { status }),
        ...(flagged && { flagged }),
        ...readRange(from, to),
      }
      const rows = await readTenant(ctx, request, (tx) => listOrders(tx, businessId, filter, before, limit + 1))
      return toPage(rows, limit, positionOf, orderSummaryToJson)
    },
  )
}

const since = Type.String({
  maxLength: 40,
  description: `From this business date on (\`2026-11-01\`), or from this instant on (\`2026-11-01T09:00:00Z\`).
By date, orders are found whose business date is at most a week away from their time.`,
  examples: ['2026-11-01'],
})

const until = Type.String({
  maxLength: 40,
  description: 'Until this business day (included) or this time.',
  examples: ['2026-11-30'],
})

/**
 * An order's id follows from its POS and the POS's id for it, so it is looked up by its primary
 * key; there are few POS.
 */
async function possibleIds(ctx: AppContext, businessId: Uuid, posOrderId: string): Promise<Uuid[]> {
  return (await listPosSystems(ctx.db)).map(({ name }) => orderId(businessId, name, posOrderId))
}
