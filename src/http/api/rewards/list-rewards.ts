// GET /api/v1/rewards: the catalogue.
import { Type } from 'typebox'
import { idOf } from '../../../../contract/api/common.ts'
import { Reward, RewardStatus } from '../../../../contract/api/rewards.ts'
import { parseId } from '../../../kernel/ids.ts'
import { listRewards } from '../../../rewards/catalogue/find-rewards.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { rewardToJson } from './reward-to-json.ts'

export function registerListRewards(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/rewards',
    {
      config: { scope: 'rewards:read' },
      schema: {
        tags: ['Rewards'],
        operationId: 'listRewards',
        summary: 'List rewards',
        description: 'Newest first. Results match all filters.',
        querystring: Type.Object(
          {
            ...pageQuery,
            program_id: Type.Optional(idOf('prg', 'Only rewards of this program.')),
            status: Type.Optional(RewardStatus),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(Reward) },
      },
    },
    async (request) => {
      const { limit, cursor, program_id, status } = request.query
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const { businessId } = request.caller
      const programId = program_id === undefined ? undefined : parseId('program', program_id)
      // What is not an id is the id of nothing, like one of another business.
      if (programId === null) return { data: [], next_cursor: null }
      const { currency } = (await programsOf(ctx, businessId)).business
      const filter = { ...(programId !== undefined && { programId }), ...(status !== undefined && { status }) }
      const rows = await readTenant(ctx, request, (tx) => listRewards(tx, businessId, filter, before, limit + 1))
      return toPage(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => rewardToJson(row, currency),
      )
    },
  )
}
