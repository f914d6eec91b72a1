// GET /api/v1/deliveries: what points of sale sent, newest first.

import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { idOf } from '../../../../contract/api/common.ts'
import { Delivery, DeliveryResult } from '../../../../contract/api/deliveries.ts'
import { formatId, parseId, type Uuid } from '../../../kernel/ids.ts'
import { type DeliveryHead, deliveriesOfOrder, listDeliveries } from '../../../orders/read.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant, formatOptionalId, IdPosition } from '../format.ts'

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
A delivery whose reference is not connected to a business is not listed. It is applied when a business is connected.`,
        querystring: Type.Object(
          {
            ...pageQuery,
            result: Type.Optional(DeliveryResult),
            order_id: Type.Optional(idOf('ord', 'Of this order only.')),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(Delivery) },
      },
    },
    async (request) => {
      const { limit, cursor, result, order_id } = request.query
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const { businessId } = request.caller
      const orderId = order_id === undefined ? undefined : (parseId('order', order_id) ?? NO_ID)
      return readTenant(ctx, request, async (tx) => {
        const ids = orderId === undefined ? undefined : ((await deliveriesOfOrder(tx, businessId, orderId)) ?? [])
        const filter = { ...(ids && { ids }), ...(result !== undefined && { result }) }
        const rows = await listDeliveries(tx, businessId, filter, before, limit + 1)
        return toPage(rows, limit, ({ id }) => ({ id }), deliveryToJson)
      })
    },
  )
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
