// POST /api/v1/orders/{id}/apply-void: applies a void or refund that a clock made older than its
// sale.
import { idParams } from '../../../../contract/api/common.ts'
import { OrderSummary } from '../../../../contract/api/orders.ts'
import { replayDeliveries } from '../../../ingest/replay.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { actorOf, readTenant, recordSeparately } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { orderOr404 } from './order-or-404.ts'
import { orderSummaryToJson } from './order-to-json.ts'

export function registerApplyVoid(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/orders/:id/apply-void',
    {
      config: { scope: 'orders:write', problems: ['not_found', 'conflict'] },
      schema: {
        tags: ['Orders'],
        operationId: 'applyVoid',
        summary: 'Apply a void older than its sale',
        description: `For an order with the flag \`void_before_sale\`. The void or refund is applied: what the order earned is deducted, and what was
redeemed for it is restored. Applying it again changes nothing, so no \`Idempotency-Key\` is needed. LoyaPro records the API key that applied
it. The response is the updated order.`,
        params: idParams('ord', 'order'),
        response: { 200: OrderSummary },
      },
    },
    async (request) => {
      const id = idOr404('order', request.params.id)
      const { businessId } = request.caller
      const find = () => readTenant(ctx, request, (tx) => orderOr404(tx, request.caller, id))
      const { order, head } = await find()
      const { clock, flags } = order
      if (clock?.applied) return orderSummaryToJson(head)
      const deliveryId = flags?.includes('void_before_sale') ? clock?.undoing?.delivery : undefined
      if (deliveryId === undefined) throw nothingToApply()
      const apply = { at: ctx.clock.now(), by: actorOf(request) }
      const counts = await replayDeliveries({ ...ctx, apply }, { businessId, deliveryId }, apply.by)
      if (counts.unavailable > 0) throw new Problem('unavailable', { headers: { 'retry-after': '2' } })
      const after = await find()
      if (!after.order.clock?.applied) throw nothingToApply()
      await recordSeparately(ctx, request)
      return orderSummaryToJson(after.head)
    },
  )
}

function nothingToApply(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'The order has no void that is older than its sale. Only orders with the flag void_before_sale can be changed here.',
      ar: 'لا يوجد إلغاء أقدم من عملية البيع في هذا الطلب. تنطبق هذه العملية على الطلبات التي عليها العلامة void_before_sale فقط.',
    },
  })
}
