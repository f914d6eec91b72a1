// POST /api/v1/back-tests/{id}/cancel: stops a back-test.
import { BackTest } from '../../../../contract/api/back-tests.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { cancelBackTest, findBackTest } from '../../../backtests/store.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { backTestToJson } from './back-test-to-json.ts'

export function registerCancelBackTest(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/back-tests/:id/cancel',
    {
      config: {
        scope: 'programs:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Programs'],
        operationId: 'cancelBackTest',
        summary: 'Cancel a back-test',
        description: 'One that has ended stays as it is.',
        params: idParams('bkt', 'back-test'),
        response: { 200: BackTest },
      },
    },
    async (request, reply) => {
      const id = idOr404('backTest', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      return writeTenant(ctx, request, reply, async (tx) => {
        await cancelBackTest(tx, businessId, id, ctx.clock.now())
        const test = await findBackTest(tx, businessId, id)
        if (!test) throw notFound('backTest')
        return backTestToJson(test, programs)
      })
    },
  )
}
