// POST /api/v1/programs/{id}/end: ends a program permanently.
import { idParams } from '../../../../contract/api/common.ts'
import { Ending, ProgramInFull } from '../../../../contract/api/programs.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { endProgram } from '../../../programs/lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { hasEnded } from './activate-program.ts'
import { badTime } from './definition.ts'
import { programDetailsToJson } from './program-to-json.ts'
import { programsOf } from './programs-of.ts'

export function registerEndProgram(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/programs/:id/end',
    {
      config: {
        scope: 'programs:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Programs'],
        operationId: 'endProgram',
        summary: 'End a program',
        description: 'Orders paid after that earn nothing in it. Customers keep their balances. This cannot be undone.',
        params: idParams('prg', 'program'),
        body: Ending,
        response: { 200: ProgramInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('program', request.params.id)
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      const at = request.body.at === undefined ? {} : { at: Date.parse(request.body.at) }
      return writeTenant(ctx, request, reply, async (tx) => {
        const outcome = await endProgram(tx, { businessId, programId: id, ...at }, ctx)
        switch (outcome.kind) {
          case 'ended':
            return programDetailsToJson(tx, { businessId, id, currency, now: ctx.clock.now() })
          case 'not_found':
            throw notFound('program')
          case 'already_ended':
            throw hasEnded()
          case 'bad_time':
            throw badTime(outcome.error, '/at')
          default:
            return unreachable(outcome)
        }
      })
    },
  )
}
