// POST /api/v1/deliveries/{id}/replay: applies a kept delivery again.
import { idParams } from '../../../../contract/api/common.ts'
import { Delivery } from '../../../../contract/api/deliveries.ts'
import { replayDeliveries } from '../../../ingest/replay.ts'
import { must } from '../../../kernel/assert.ts'
import { findDelivery } from '../../../orders/read-deliveries.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { actorOf, readTenant, recordSeparately } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { deliveryToJson } from './list-deliveries.ts'

export function registerReplayDelivery(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/deliveries/:id/replay',
    {
      config: { scope: 'deliveries:write', problems: ['not_found'] },
      schema: {
        tags: ['Webhook deliveries'],
        operationId: 'replayDelivery',
        summary: 'Replay a webhook delivery',
        description: `For a failed delivery, after its cause was fixed. Replaying is safe: a delivery that was already applied changes nothing,
so no \`Idempotency-Key\` is needed. The response is the updated delivery.`,
        params: idParams('dlv', 'delivery'),
        response: { 200: Delivery },
      },
    },
    async (request) => {
      const deliveryId = idOr404('delivery', request.params.id)
      const { businessId } = request.caller
      const find = () => readTenant(ctx, request, (tx) => findDelivery(tx, businessId, deliveryId))
      if (!(await find())) throw notFound('delivery')
      const { unavailable } = await replayDeliveries(ctx, { businessId, deliveryId }, actorOf(request))
      if (unavailable > 0) throw new Problem('unavailable', { headers: { 'retry-after': '2' } })
      await recordSeparately(ctx, request)
      return deliveryToJson(must(await find(), 'the delivery that was replayed'))
    },
  )
}
