// GET /api/v1/orders/{id}: an order in full, with its returns, what was sent of it, what it moved,
// and why or why not.
import type { FastifyRequest } from 'fastify'
import { actorToJson } from '../../../../contract/actor.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { OrderInFull } from '../../../../contract/api/orders.ts'
import { findCustomer } from '../../../customers/store.ts'
import type { Queryable, Transaction } from '../../../db/database.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { readTransfersOfSources } from '../../../ledger/read.ts'
import { creditsOf } from '../../../orders/read.ts'
import { listDeliveries } from '../../../orders/read-deliveries.ts'
import type { OrderRow } from '../../../orders/store.ts'
import { subscriptionId } from '../../../programs/plans/subscriptions.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import type { Why } from '../../../programs/why.ts'
import { redeemedFor } from '../../../rewards/claims/claim-store.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { claimToJson } from '../claims/claim-to-json.ts'
import { customerRefToJson } from '../customers/customer-to-json.ts'
import { entryToJson } from '../customers/entry-to-json.ts'
import { formatInstant, formatOptionalId, idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { decisionToJson, waitingToJson } from './ceiling-to-json.ts'
import { orderOr404 } from './order-or-404.ts'
import { contentsToJson, orderSummaryToJson } from './order-to-json.ts'
import { returnedToJson } from './returned-to-json.ts'
import { notEarnedToJson, whyNothingToJson } from './why-nothing-to-json.ts'

export function registerGetOrder(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/orders/:id',
    {
      config: { scope: 'orders:read', problems: ['not_found'] },
      schema: {
        tags: ['Orders'],
        operationId: 'getOrder',
        summary: 'Get an order',
        params: idParams('ord', 'order'),
        response: { 200: OrderInFull },
      },
    },
    async (request) => {
      const id = idOr404('order', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      return readTenant(ctx, request, async (tx): Promise<OrderInFull> => {
        const { order, head, family, returns } = await orderOr404(tx, request.caller, id)
        const ids = order.deliveries
        const [deliveries, movements, whyNot, notEarned, redemptions, customer, returned] = await Promise.all([
          listDeliveries(tx, businessId, { ids }, null, ids.length),
          movementsOf(tx, order, programs),
          whyNothingToJson(tx, order, family, programs),
          notEarnedToJson(tx, order, family, programs),
          redeemedFor(tx, [{ businessId, id }]),
          customerOf(tx, request, head.customer_id),
          returnedToJson(order, family),
        ])
        const received = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
        return {
          ...orderSummaryToJson(head),
          original_id: formatOptionalId('order', head.original_id),
          ...contentsToJson(order.order),
          returns: returns.map(orderSummaryToJson),
          redemptions: redemptions.map((claim) => claimToJson(claim, programs)),
          deliveries: ids.flatMap((deliveryId) => {
            const delivery = received.get(deliveryId)
            if (!delivery) return []
            const { event, result, received_at } = delivery
            return [{ id: formatId('delivery', deliveryId), event, result, received_at: formatInstant(received_at) }]
          }),
          movements,
          pending: waitingToJson(order),
          ceiling_decision: decisionToJson(order),
          void_applied: order.clock?.applied
            ? { at: formatInstant(order.clock.applied.at), actor: actorToJson(order.clock.applied.by) }
            : null,
          why_not: whyNot,
          not_earned: notEarned,
          ...(customer !== undefined && { customer }),
          returned,
        }
      })
    },
  )
}

/** Undefined for a caller who may not read customers. */
async function customerOf(q: Transaction, request: FastifyRequest, id: Uuid | null): Promise<OrderInFull['customer']> {
  const { businessId, scopes } = request.caller
  if (!scopes.includes('customers:read')) return undefined
  const customer = id === null ? null : await findCustomer(q, businessId, id)
  return customer && customerRefToJson(customer)
}

/** An order can change without end. */
const MOST_MOVEMENTS = 200

/**
 * Of the sale that the order is, of the one that it gives back from, and of the plans that they
 * sold.
 */
async function movementsOf(
  q: Queryable,
  order: OrderRow,
  programs: BusinessPrograms,
): Promise<OrderInFull['movements']> {
  const { businessId } = order
  const saleIds = [order.originalId, order.kind === 'sale' || order.originalId === null ? order.id : null].filter(
    (id) => id !== null,
  )
  const { customerIds, since } = await creditsOf(q, businessId, saleIds)
  const plans = [...programs.programs.values()].filter(({ type }) => type === 'subscription')
  const sales = new Map(
    saleIds.flatMap((saleId) => {
      const bought = customerIds.flatMap((id) => plans.map((program) => subscriptionId(saleId, program.id, id)))
      return [saleId, ...bought].map((id) => [id, saleId] as const)
    }),
  )
  const sources = { businessId, sourceIds: [...sales.keys()], customerIds, since, limit: MOST_MOVEMENTS }
  const entries = await readTransfersOfSources<Why>(q, sources)
  return entries.map((entry) => entryToJson(entry, programs, sales))
}
