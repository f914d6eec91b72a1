// GET /api/v1/programs/{id}: a program with all its versions and when each is in force.
import { idParams } from '../../../../contract/api/common.ts'
import { ProgramInFull } from '../../../../contract/api/programs.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { programDetailsToJson } from './program-to-json.ts'
import { programsOf } from './programs-of.ts'

export function registerGetProgram(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/programs/:id',
    {
      config: { scope: 'programs:read', problems: ['not_found'] },
      schema: {
        tags: ['Programs'],
        operationId: 'getProgram',
        summary: 'Get a program',
        params: idParams('prg', 'program'),
        response: { 200: ProgramInFull },
      },
    },
    async (request) => {
      const id = idOr404('program', request.params.id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      const now = ctx.clock.now()
      return readTenant(ctx, request, (tx) => programDetailsToJson(tx, { businessId, id, currency, now }))
    },
  )
}
