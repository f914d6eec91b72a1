// POST /api/v1/programs: creates a program as a draft, and activates it on request.
import { NewProgram, ProgramInFull } from '../../../../contract/api/programs.ts'
import { activateProgram, createProgram } from '../../../programs/lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { activated } from './activate-program.ts'
import { badDefinition, definitionLeftOut, withType } from './definition.ts'
import { programDetailsToJson } from './program-to-json.ts'
import { programsOf } from './programs-of.ts'

export function registerCreateProgram(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/programs',
    {
      config: {
        scope: 'programs:write',
        problems: ['quota_reached', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      validatorCompiler: definitionLeftOut,
      schema: {
        tags: ['Programs'],
        operationId: 'createProgram',
        summary: 'Create a program',
        description: `The whole definition is validated. Each error has a pointer (\`/definition/rules/0/earn/per\`).
Without \`activate\` it is a draft and does not apply to orders.`,
        body: NewProgram,
        response: { 201: ProgramInFull },
      },
    },
    async (request, reply) => {
      const { type, name, activate = false, effective_from } = request.body
      const definition = withType(type, request.body.definition)
      if (effective_from !== undefined && !activate) throw onlyWithActivate()
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const made = await createProgram(tx, { businessId, name: name.en, nameAr: name.ar, definition, currency }, ctx)
        if (made.kind === 'invalid') throw badDefinition(made.errors)
        const { programId: id } = made
        const effectiveFrom = effective_from === undefined ? {} : { effectiveFrom: Date.parse(effective_from) }
        if (activate)
          activated(await activateProgram(tx, { businessId, programId: id, ...effectiveFrom }, ctx), currency)
        return programDetailsToJson(tx, { businessId, id, currency, now: ctx.clock.now() })
      })
    },
  )
}

function onlyWithActivate() {
  return invalid(
    '/effective_from',
    'is only for a program that is activated; send activate: true with it, or remove it',
    'يخص البرنامج عند تفعيله؛ أرسل معه activate: true أو احذفه',
  )
}
