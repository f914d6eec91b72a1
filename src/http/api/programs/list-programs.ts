// GET /api/v1/programs: all programs of the business, drafts and ended ones included.
import { Type } from 'typebox'
import { Program } from '../../../../contract/api/programs.ts'
import { listPrograms } from '../../../programs/program-queries.ts'
import { termsAt } from '../../../programs/terms.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition } from '../format.ts'
import { programRowToJson } from './program-to-json.ts'
import { programsOf } from './programs-of.ts'

export function registerListPrograms(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/programs',
    {
      config: { scope: 'programs:read' },
      schema: {
        tags: ['Programs'],
        operationId: 'listPrograms',
        summary: 'List programs',
        description: 'Newest first.',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(Program) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const before = readCursor(IdPosition, cursor)
      const { businessId } = request.caller
      const { terms, business } = await programsOf(ctx, businessId)
      const inForce = new Map(
        termsAt(terms, ctx.clock.now())?.members.map(({ programId, version }) => [programId, version]),
      )
      const rows = await readTenant(ctx, request, (tx) => listPrograms(tx, businessId, before?.id ?? null, limit + 1))
      return toPage(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => programRowToJson(row, inForce.get(row.id) ?? null, business.currency),
      )
    },
  )
}
