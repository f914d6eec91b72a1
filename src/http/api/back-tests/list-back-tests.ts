// GET /api/v1/programs/{id}/back-tests: the back-tests of a program.
import { Type } from 'typebox'
import { BackTest } from '../../../../contract/api/back-tests.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { listBackTests } from '../../../backtests/store.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition, idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { backTestToJson } from './back-test-to-json.ts'

export function registerListBackTests(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/programs/:id/back-tests',
    {
      config: { scope: 'programs:read', problems: ['not_found'] },
      schema: {
        tags: ['Programs'],
        operationId: 'listBackTests',
        summary: 'List back-tests',
        description: 'Newest first, without their results. The 20 newest that have ended are kept.',
        params: idParams('prg', 'program'),
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(BackTest) },
      },
    },
    async (request) => {
      const programId = idOr404('program', request.params.id)
      const { limit, cursor } = request.query
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      if (!programs.programs.has(programId)) throw notFound('program')
      const rows = await readTenant(ctx, request, (tx) =>
        listBackTests(tx, { businessId, programId }, before, limit + 1),
      )
      return toPage(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => backTestToJson(row, programs),
      )
    },
  )
}
