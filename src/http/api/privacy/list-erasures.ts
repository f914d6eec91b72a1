// GET /api/v1/erasures: the log of erasures.
import { Type } from 'typebox'
import { Erasure } from '../../../../contract/api/privacy.ts'
import { listErasures } from '../../../privacy/erasure-store.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { erasureToJson } from './erasure-to-json.ts'

export function registerListErasures(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/erasures',
    {
      config: { scope: 'privacy:read' },
      schema: {
        tags: ['Privacy'],
        operationId: 'listErasures',
        summary: 'List erasures',
        description: 'Newest first. The log contains no personal data.',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(Erasure) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const { businessId } = request.caller
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const programs = await programsOf(ctx, businessId)
      return readTenant(ctx, request, async (tx) => {
        const rows = await listErasures(tx, businessId, before, limit + 1)
        return toPage(
          rows,
          limit,
          ({ id }) => ({ id }),
          (row) => erasureToJson(row, programs),
        )
      })
    },
  )
}
