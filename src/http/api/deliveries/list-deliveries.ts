// GET /api/v1/deliveries: what points of sale sent, newest first; as JSON or CSV.

import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { choice, idOf } from '../../../../contract/api/common.ts'
import { DELIVERY_RESULTS, Delivery, DeliveryResult } from '../../../../contract/api/deliveries.ts'
import { formatId, parseId, type Uuid } from '../../../kernel/ids.ts'
import { type DeliveryHead, deliveriesOfOrder, scanDeliveries } from '../../../orders/read-deliveries.ts'
import type { AppContext } from '../../../server/context.ts'
import { CSV_NOTE, CSV_PAGE, csvQuery, sendCsv, wantsCsv } from '../../csv.ts'
import { pageOf, pageQuery, readCursor, toPageAt } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant, formatOptionalId, IdPosition } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { readPeriodOf } from '../read-period.ts'
import { deliveryColumns } from './delivery-csv.ts'

export function registerListDeliveries(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/deliveries',
    {
      config: { scope: 'deliveries:read' },
      schema: {
        tags: ['Webhook deliveries'],
        operationId: 'listDeliveries',
        summary: 'List webhook deliveries',
        description: `Sorted by event time, newest first. They are kept for the retention period, by default 13 months.
A delivery whose reference is not connected to a business is not listed. It is applied when a business is connected.
With \`pos\`, a page can have fewer than \`limit\` deliveries, or none, and a \`next_cursor\`: continue with it. ${CSV_NOTE}`,
        querystring: Type.Object(query, { additionalProperties: false }),
        response: { 200: pageOf(Delivery) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, result, results, order_id, pos, from, to } = request.query
      const { businessId } = request.caller
      const csv = wantsCsv(request)
      // Only what is dated needs the business: the list must show what failed when its data is damaged.
      const isDated = csv || from !== undefined || to !== undefined
      const timezone = isDated ? (await programsOf(ctx, businessId)).business.timezone : 'UTC'
      const orderId = order_id === undefined ? undefined : (parseId('order', order_id) ?? NO_ID)
      const wanted = result === undefined ? results : [result]
      const period = readPeriodOf({ from, to }, timezone)
      const read = (before: Uuid | null, most: number) =>
        readTenant(ctx, request, async (tx) => {
          const ids = orderId === undefined ? undefined : ((await deliveriesOfOrder(tx, businessId, orderId)) ?? [])
          const filter = {
            ...(ids && { ids }),
            ...(wanted && { results: wanted }),
            ...(pos !== undefined && { posName: pos }),
            ...period,
          }
          const { rows, next } = await scanDeliveries(tx, businessId, filter, before, most)
          return { rows: rows.map(deliveryToJson), next }
        })
      if (csv) {
        return sendCsv(request, reply, {
          name: `deliveries-${new Date(ctx.clock.now()).toISOString().slice(0, 10)}`,
          columns: deliveryColumns(timezone),
          page: (after: Uuid | null) => read(after, CSV_PAGE),
        })
      }
      const { rows, next } = await read(readCursor(IdPosition, cursor)?.id ?? null, limit)
      return toPageAt(rows, next === null ? null : { id: next })
    },
  )
}

const time = (description: string) =>
  Type.Optional(
    Type.String({
      maxLength: 40,
      description: `${description} A date of the business (\`2026-11-01\`, included) or an instant.`,
      examples: ['2026-11-01'],
    }),
  )

const query = {
  ...pageQuery,
  result: Type.Optional(DeliveryResult),
  results: Type.Optional(
    Type.Array(choice([...DELIVERY_RESULTS]), {
      minItems: 1,
      maxItems: DELIVERY_RESULTS.length,
      description: 'Any of these results: `results=failed&results=parked`.',
    }),
  ),
  order_id: Type.Optional(idOf('ord', 'Of this order only.')),
  pos: Type.Optional(Type.String({ maxLength: 41, description: 'Of this POS only.', examples: ['foodics'] })),
  from: time('Event time from then on.'),
  to: time('Event time until then.'),
  ...csvQuery,
}

/** What is not an id is the id of nothing, like one of another business. */
const NO_ID: Uuid = '00000000-0000-0000-0000-000000000000'

export function deliveryToJson(row: DeliveryHead): Delivery {
  return {
    id: formatId('delivery', row.id),
    pos: row.pos_name,
    order_id: formatOptionalId('order', row.order_id),
    event: row.event,
    result: row.result,
    reason: row.reason,
    error: row.error,
    received_at: formatInstant(row.received_at),
    replayed_at: formatInstant(row.replayed_at),
    replayed_by: actorToJson(row.replayed_by),
  }
}
