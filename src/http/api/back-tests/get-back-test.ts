// GET /api/v1/back-tests/{id}: a back-test with its progress and its result.
import { BackTestInFull } from '../../../../contract/api/back-tests.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { findBackTest } from '../../../backtests/store.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { backTestInFullToJson } from './back-test-to-json.ts'

export function registerGetBackTest(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/back-tests/:id',
    {
      config: { scope: 'programs:read', problems: ['not_found'] },
      schema: {
        tags: ['Programs'],
        operationId: 'getBackTest',
        summary: 'Get a back-test',
        description: 'Names of customers are included if you may read customers (`customers:read`).',
        params: idParams('bkt', 'back-test'),
        response: { 200: BackTestInFull },
      },
    },
    async (request) => {
      const id = idOr404('backTest', request.params.id)
      const { businessId, scopes } = request.caller
      const programs = await programsOf(ctx, businessId)
      const names = scopes.includes('customers:read')
      return readTenant(ctx, request, async (tx) => {
        const test = await findBackTest(tx, businessId, id)
        if (!test) throw notFound('backTest')
        return backTestInFullToJson(tx, test, programs, { names })
      })
    },
  )
}
