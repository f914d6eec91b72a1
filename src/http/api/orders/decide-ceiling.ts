// POST /api/v1/orders/{id}/release and /reject: what becomes of the units that an order earns above
// a ceiling.
import { idParams } from '../../../../contract/api/common.ts'
import { OrderSummary } from '../../../../contract/api/orders.ts'
import { submitDecision } from '../../../ingest/submit-decision.ts'
import type { CeilingDecision } from '../../../orders/ceiling.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { actorOf, readTenant, recordSeparately } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { orderOr404 } from './order-or-404.ts'
import { orderSummaryToJson } from './order-to-json.ts'

export function registerReleaseOrder(app: ApiServer, ctx: AppContext): void {
  register(app, ctx, 'released', {
    path: '/orders/:id/release',
    operationId: 'releaseOrder',
    summary: 'Release the pending units of an order',
    does: 'Everything pending is added to the balance of the customer, as if the order had earned it at first, within the other limits of the program.',
  })
}

export function registerRejectOrder(app: ApiServer, ctx: AppContext): void {
  register(app, ctx, 'rejected', {
    path: '/orders/:id/reject',
    operationId: 'rejectOrder',
    summary: 'Reject the pending units of an order',
    does: 'The customer keeps what the order gives up to the ceiling. The rest is never given.',
  })
}

interface Operation {
  path: '/orders/:id/release' | '/orders/:id/reject'
  operationId: string
  summary: string
  does: string
}

function register(app: ApiServer, ctx: AppContext, kind: CeilingDecision['kind'], operation: Operation): void {
  const { path, does, ...named } = operation
  app.post(
    path,
    {
      config: { scope: 'orders:write', problems: ['not_found', 'conflict'] },
      schema: {
        tags: ['Orders'],
        ...named,
        description: `For an order with the flag \`above_ceiling\`. ${does}
A later snapshot of the order that earns no more than this one keeps the decision. What a later snapshot adds is pending again. Repeating the
call changes nothing, so no \`Idempotency-Key\` is needed. LoyaPro records the API key. The response is the updated order.`,
        params: idParams('ord', 'order'),
        response: { 200: OrderSummary },
      },
    },
    async (request) => {
      const id = idOr404('order', request.params.id)
      const find = () => readTenant(ctx, request, (tx) => orderOr404(tx, request.caller, id))
      const { order, head } = await find()
      if (!order.facts?.waiting) {
        if (order.ceiling?.last.kind === kind) return orderSummaryToJson(head)
        throw nothingPending()
      }
      const decision = { kind, at: ctx.clock.now(), by: actorOf(request) }
      const outcome = await submitDecision(ctx, order, decision)
      if (outcome === 'unavailable') throw new Problem('unavailable', { headers: { 'retry-after': '2' } })
      const after = await find()
      // A snapshot that came in between is not what was decided on.
      if (after.order.facts?.waiting || after.order.ceiling?.last.kind !== kind) throw nothingPending()
      await recordSeparately(ctx, request)
      return orderSummaryToJson(after.head)
    },
  )
}

function nothingPending(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'The order has no pending units, or it changed in the meantime. Get the order again; only orders with the flag above_ceiling can be released or rejected.',
      ar: 'لا يوجد في الطلب رصيد معلّق، أو تغيّر الطلب أثناء العملية. اعرض الطلب من جديد؛ القبول والرفض للطلبات التي عليها العلامة above_ceiling فقط.',
    },
  })
}
