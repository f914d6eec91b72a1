// GET /api/v1/adjustment-allowance: how much the caller may still adjust today.
import { AdjustmentAllowance } from '../../../../contract/api/adjustment-limits.ts'
import { endOfDay, localDate } from '../../../kernel/local-date.ts'
import type { AppContext } from '../../../server/context.ts'
import { adjustedOn } from '../../../staff/adjustment-limits.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { limitOf } from './count-adjustment.ts'

export function registerGetAllowance(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/adjustment-allowance',
    {
      config: { scope: 'ledger:adjust' },
      schema: {
        tags: ['Adjustments'],
        operationId: 'getAdjustmentAllowance',
        summary: 'Get what the caller may adjust',
        description: 'The limit of the caller for adjustments, and what is left of it today. An API key has no limit.',
        response: { 200: AdjustmentAllowance },
      },
    },
    async (request) => {
      const { currency, timezone } = (await programsOf(ctx, request.caller.businessId)).business
      const day = localDate(ctx.clock.now(), timezone)
      return readTenant(ctx, request, async (tx) => {
        const limited = await limitOf(tx, request.caller)
        const used = limited ? await adjustedOn(tx, { ...limited.person, day }) : 0
        return {
          currency,
          limit: limited && { per_adjustment: limited.limit.perAdjustment, per_day: limited.limit.perDay },
          used_today: used,
          left_today: limited && Math.max(0, limited.limit.perDay - used),
          day_ends_at: formatInstant(endOfDay(day, timezone)),
        }
      })
    },
  )
}
