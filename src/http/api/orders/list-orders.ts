// GET /api/v1/orders: orders by time and filters, or found by what the POS calls them; as JSON or
// CSV.
import { Type } from 'typebox'
import { choice } from '../../../../contract/api/common.ts'
import { OrderSummary } from '../../../../contract/api/orders.ts'
import { findCustomers } from '../../../customers/store.ts'
import type { Queryable } from '../../../db/database.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import { type OrderHead, type OrderPosition as Position, scanOrders } from '../../../orders/read.ts'
import type { AppContext } from '../../../server/context.ts'
import { forbidden } from '../../auth/authenticate.ts'
import { CSV_NOTE, CSV_PAGE, csvQuery, sendCsv, wantsCsv } from '../../csv.ts'
import { pageOf, pageQuery, readCursor, toPageAt } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { customerRefToJson } from '../customers/customer-to-json.ts'
import { programsOf } from '../programs/programs-of.ts'
import { branchNames, orderColumns } from './order-csv.ts'
import { orderFilters, readOrderFilter } from './order-query.ts'
import { orderSummaryToJson } from './order-to-json.ts'
import { OrderPosition } from './position.ts'

export function registerListOrders(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/orders',
    {
      config: { scope: 'orders:read' },
      schema: {
        tags: ['Orders'],
        operationId: 'listOrders',
        summary: 'List or find orders',
        description: `Newest first, sales and returns. Results match all filters. A page can have fewer than \`limit\` orders, or none, and a
\`next_cursor\`, when orders of this kind are rare: continue with it. ${CSV_NOTE}`,
        querystring: Type.Object(
          {
            ...pageQuery,
            ...orderFilters,
            include: Type.Optional(
              choice(['customer'], {
                description: '`customer`: name and number of the customer. Needs the scope `customers:read`.',
              }),
            ),
            ...csvQuery,
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(OrderSummary) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, include } = request.query
      const { caller } = request
      const maySeeCustomers = caller.scopes.includes('customers:read')
      if (include === 'customer' && !maySeeCustomers) throw forbidden(caller, ['customers:read'])
      const csv = wantsCsv(request)
      const withCustomer = include === 'customer' || (csv && maySeeCustomers)
      const filter = await readOrderFilter(ctx, caller, request.query)
      const read = (before: Position | null, most: number) =>
        readTenant(ctx, request, async (tx) => {
          if (!filter) return { rows: [], next: null }
          const { rows, next } = await scanOrders(tx, caller.businessId, filter, before, most)
          if (!withCustomer) return { rows: rows.map(orderSummaryToJson), next }
          return { rows: await withCustomers(tx, caller.businessId, rows), next }
        })
      if (csv) {
        const programs = await programsOf(ctx, caller.businessId)
        const branches = await readTenant(ctx, request, (tx) => branchNames(tx, caller.businessId))
        return sendCsv(request, reply, {
          name: `orders-${new Date(ctx.clock.now()).toISOString().slice(0, 10)}`,
          columns: orderColumns(programs.business.timezone, branches, withCustomer),
          page: (after: Position | null) => read(after, CSV_PAGE),
        })
      }
      const { rows, next } = await read(readCursor(OrderPosition, cursor), limit)
      return toPageAt(rows, next)
    },
  )
}

async function withCustomers(q: Queryable, businessId: Uuid, rows: readonly OrderHead[]): Promise<OrderSummary[]> {
  const ids = [...new Set(rows.flatMap(({ customer_id: id }) => id ?? []))]
  const customers = new Map((await findCustomers(q, businessId, ids)).map((one) => [one.id, one]))
  return rows.map((row) => {
    const customer = row.customer_id === null ? undefined : customers.get(row.customer_id)
    return { ...orderSummaryToJson(row), customer: customer ? customerRefToJson(customer) : null }
  })
}
