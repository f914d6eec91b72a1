// POST /api/v1/programs/{id}/back-tests: tests a version or a draft on past orders, as a job.
import { BackTest, NewBackTest } from '../../../../contract/api/back-tests.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { createBackTest, findBackTest, MOST_UNFINISHED } from '../../../backtests/store.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import { must } from '../../../kernel/assert.ts'
import { localDate } from '../../../kernel/local-date.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { definitionLeftOut } from '../programs/definition.ts'
import { ofProgram } from '../programs/draft.ts'
import { programsOf } from '../programs/programs-of.ts'
import { backTestToJson } from './back-test-to-json.ts'

export function registerCreateBackTest(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/programs/:id/back-tests',
    {
      config: {
        scope: 'programs:write',
        problems: ['not_found', 'quota_reached', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      validatorCompiler: definitionLeftOut,
      schema: {
        tags: ['Programs'],
        operationId: 'createBackTest',
        summary: 'Test on past orders',
        description: `Computes what a version or a draft would have given for the orders of the last days, beside what the program
really gave. It changes nothing for orders and customers. It runs in the background: read it until \`status\` is \`done\`.`,
        params: idParams('prg', 'program'),
        body: NewBackTest,
        response: { 201: BackTest },
      },
    },
    async (request, reply) => {
      const programId = idOr404('program', request.params.id)
      const { days, ...tested } = request.body
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const { version, definition } = ofProgram(programs, programId, tested)
      const now = ctx.clock.now()
      const to = localDate(now, programs.business.timezone)
      const from = Temporal.PlainDate.from(to)
        .subtract({ days: days - 1 })
        .toString()
      const stored = version === 0 ? null : version
      reply.code(201)
      const answer = await writeTenant(ctx, request, reply, async (tx) => {
        const id = ctx.ids.next()
        const made = await createBackTest(tx, { businessId, id, programId, version: stored, definition, from, to }, now)
        if (made === 'too_many') throw tooMany()
        return backTestToJson(must(await findBackTest(tx, businessId, id), 'the new back-test'), programs)
      })
      await wakeJob(ctx, 'run_back_tests')
      return answer
    },
  )
}

function tooMany(): Problem {
  return new Problem('quota_reached', {
    detail: {
      en: `At most ${MOST_UNFINISHED} back-tests can wait or run at once. Wait for one, or cancel it.`,
      ar: `الحد الأقصى للتجارب المنتظرة أو الجارية في وقت واحد هو ${MOST_UNFINISHED}. انتظر انتهاء إحداها أو ألغها.`,
    },
  })
}
