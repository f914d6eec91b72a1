// GET /api/v1/erasures/{id}: one erasure, and whether it is completed.
import { idParams } from '../../../../contract/api/common.ts'
import { Erasure } from '../../../../contract/api/privacy.ts'
import { findErasure } from '../../../privacy/erasure-store.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { erasureToJson } from './erasure-to-json.ts'

export function registerGetErasure(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/erasures/:id',
    {
      config: { scope: 'privacy:read', problems: ['not_found'] },
      schema: {
        tags: ['Privacy'],
        operationId: 'getErasure',
        summary: 'Get an erasure',
        params: idParams('ers', 'erasure'),
        response: { 200: Erasure },
      },
    },
    async (request) => {
      const id = idOr404('erasure', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const erasure = await readTenant(ctx, request, (tx) => findErasure(tx, businessId, id))
      if (!erasure) throw notFound('erasure')
      return erasureToJson(erasure, programs)
    },
  )
}
