// POST /api/v1/programs/{id}/activate: activates the latest version of a draft.
import { idParams } from '../../../../contract/api/common.ts'
import { Activation, ProgramInFull } from '../../../../contract/api/programs.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { type ActivateOutcome, activateProgram, MAX_ACTIVE_PROGRAMS } from '../../../programs/lifecycle.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { badDefinition, badTime } from './definition.ts'
import { outdated } from './outdated.ts'
import { programDetailsToJson } from './program-to-json.ts'
import { programsOf } from './programs-of.ts'

export function registerActivateProgram(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/programs/:id/activate',
    {
      config: {
        scope: 'programs:write',
        problems: ['not_found', 'conflict', 'quota_reached', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Programs'],
        operationId: 'activateProgram',
        summary: 'Activate a program',
        description: `The program applies to orders paid at or after \`effective_from\`, whenever they are received. Orders evaluated earlier keep
the rules they were evaluated with.`,
        params: idParams('prg', 'program'),
        body: Activation,
        response: { 200: ProgramInFull },
      },
    },
    async (request, reply) => {
      const id = idOr404('program', request.params.id)
      const { version: expected, effective_from } = request.body
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      return writeTenant(ctx, request, reply, async (tx) => {
        const effectiveFrom = effective_from === undefined ? {} : { effectiveFrom: Date.parse(effective_from) }
        activated(await activateProgram(tx, { businessId, programId: id, expected, ...effectiveFrom }, ctx), currency)
        return programDetailsToJson(tx, { businessId, id, currency, now: ctx.clock.now() })
      })
    },
  )
}

/** Throws the problem of an activation that failed. */
export function activated(outcome: ActivateOutcome, currency: string): void {
  switch (outcome.kind) {
    case 'activated':
      return
    case 'not_found':
      throw notFound('program')
    case 'already_active':
      throw new Problem('conflict', {
        detail: {
          en: 'The program is already active. To change it, create a new version.',
          ar: 'البرنامج مفعّل بالفعل. لتغييره أنشئ إصدارًا جديدًا.',
        },
      })
    case 'too_many':
      throw new Problem('quota_reached', {
        detail: {
          en: `A business can have at most ${MAX_ACTIVE_PROGRAMS} active programs. End one of them first.`,
          ar: `الحد الأقصى للبرامج المفعّلة في المنشأة هو ${MAX_ACTIVE_PROGRAMS}. أنهِ أحدها أولًا.`,
        },
      })
    case 'ended':
      throw hasEnded()
    case 'outdated':
      throw outdated(outcome, currency)
    case 'bad_time':
      throw badTime(outcome.error)
    case 'invalid':
      throw badDefinition(outcome.errors)
    default:
      unreachable(outcome)
  }
}

export function hasEnded(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'The program has ended and cannot be reactivated. Create a new program.',
      ar: 'البرنامج منتهٍ ولا يمكن تفعيله مرة أخرى. أنشئ برنامجًا جديدًا.',
    },
  })
}
