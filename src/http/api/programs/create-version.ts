// POST /api/v1/programs/{id}/versions: changes a program by adding a version.
import { idParams } from '../../../../contract/api/common.ts'
import { NewVersion, ProgramInFull } from '../../../../contract/api/programs.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { newVersion } from '../../../programs/lifecycle.ts'
import { findProgram } from '../../../programs/program-queries.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { hasEnded } from './activate-program.ts'
import { badDefinition, badTime, definitionLeftOut, withType } from './definition.ts'
import { outdated } from './outdated.ts'
import { programDetailsToJson } from './program-to-json.ts'
import { programsOf } from './programs-of.ts'

export function registerCreateVersion(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/programs/:id/versions',
    {
      config: {
        scope: 'programs:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      validatorCompiler: definitionLeftOut,
      schema: {
        tags: ['Programs'],
        operationId: 'createVersion',
        summary: 'Create a version',
        description: `For an active program it applies from \`effective_from\`; for a draft, from its activation. Orders paid before
that keep their version permanently, and so do units already earned.`,
        params: idParams('prg', 'program'),
        body: NewVersion,
        response: { 201: ProgramInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('program', request.params.id)
      const { definition, based_on: basedOn, effective_from } = request.body
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const program = await findProgram(tx, businessId, id)
        if (!program) throw notFound('program')
        const effectiveFrom = effective_from === undefined ? {} : { effectiveFrom: Date.parse(effective_from) }
        const input = {
          businessId,
          programId: id,
          definition: withType(program.type, definition),
          currency,
          basedOn,
          ...effectiveFrom,
        }
        const outcome = await newVersion(tx, input, ctx)
        switch (outcome.kind) {
          case 'saved':
            return programDetailsToJson(tx, { businessId, id, currency, now: ctx.clock.now() })
          case 'not_found':
            throw notFound('program')
          case 'ended':
            throw hasEnded()
          case 'outdated':
            throw outdated(outcome, currency)
          case 'bad_time':
            throw badTime(outcome.error)
          case 'invalid':
            throw badDefinition(outcome.errors)
          default:
            return unreachable(outcome)
        }
      })
    },
  )
}
