// GET /api/v1/ledger/summary: the totals of all programs, ended ones included.
import { Type } from 'typebox'
import { ProgramTotals } from '../../../../contract/api/programs.ts'
import { readProgramSummaries } from '../../../ledger/read.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { totalsToJson } from './get-summary.ts'
import { programsOf, programToJson } from './programs-of.ts'

export function registerListSummaries(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/ledger/summary',
    {
      config: { scope: 'programs:read' },
      schema: {
        tags: ['Programs'],
        operationId: 'listSummaries',
        summary: 'List program summaries',
        description: 'One entry per program that was ever active, newest first, on one page.',
        response: { 200: Type.Object({ data: Type.Array(ProgramTotals) }) },
      },
    },
    async (request) => {
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const inForce = new Set(programs.terms.flatMap(({ members }) => members.map((member) => member.programId)))
      const ids = [...inForce].sort().reverse()
      const sums = await readTenant(ctx, request, (tx) => readProgramSummaries(tx, businessId, ids))
      return { data: [...sums].map(([id, summary]) => totalsToJson(programToJson(programs, id), summary)) }
    },
  )
}
