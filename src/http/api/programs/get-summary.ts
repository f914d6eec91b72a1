// GET /api/v1/programs/{id}/summary: the totals of a program: issued, redeemed, expired and
// outstanding.
import { idParams } from '../../../../contract/api/common.ts'
import { ProgramTotals } from '../../../../contract/api/programs.ts'
import { must } from '../../../kernel/assert.ts'
import { type ProgramSummary, readProgramSummaries } from '../../../ledger/read.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf, programToJson, type ShownProgram } from './programs-of.ts'

export function registerGetSummary(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/programs/:id/summary',
    {
      config: { scope: 'programs:read', problems: ['not_found'] },
      schema: {
        tags: ['Programs'],
        operationId: 'getSummary',
        summary: 'Get a program summary',
        description: 'Totals over all accounts of the program, as of now.',
        params: idParams('prg', 'program'),
        response: { 200: ProgramTotals },
      },
    },
    async (request) => {
      const id = idOr404('program', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      if (!programs.programs.has(id)) throw notFound('program')
      const sums = await readTenant(ctx, request, (tx) => readProgramSummaries(tx, businessId, [id]))
      return totalsToJson(programToJson(programs, id), must(sums.get(id), 'the sums of the program'))
    },
  )
}

export function totalsToJson(program: ShownProgram, { writtenOff, ...sums }: ProgramSummary): ProgramTotals {
  return { ...program, ...sums, written_off: writtenOff }
}
