// PATCH /api/v1/programs/{id}: renames a program.
import { idParams } from '../../../../contract/api/common.ts'
import { ProgramChanges, ProgramInFull } from '../../../../contract/api/programs.ts'
import { renameProgram } from '../../../programs/program-queries.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programDetailsToJson } from './program-to-json.ts'
import { programsOf } from './programs-of.ts'

export function registerRenameProgram(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/programs/:id',
    {
      config: {
        scope: 'programs:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Programs'],
        operationId: 'renameProgram',
        summary: 'Rename a program',
        description: 'To change the rules, create a new version.',
        params: idParams('prg', 'program'),
        body: ProgramChanges,
        response: { 200: ProgramInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('program', request.params.id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      return writeTenant(ctx, request, reply, async (tx) => {
        const now = ctx.clock.now()
        const renamed = await renameProgram(tx, { businessId, programId: id }, request.body.name, now)
        if (!renamed) throw notFound('program')
        return programDetailsToJson(tx, { businessId, id, currency, now })
      })
    },
  )
}
