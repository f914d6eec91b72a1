// GET /api/v1/adjustment-limits: how much people in a role may adjust.
import { actorToJson } from '../../../../contract/actor.ts'
import { AdjustmentLimits } from '../../../../contract/api/adjustment-limits.ts'
import type { Queryable } from '../../../db/database.ts'
import { must } from '../../../kernel/assert.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { adjustmentLimit, type StoredLimit } from '../../../staff/adjustment-limits.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'

export function registerGetLimits(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/adjustment-limits',
    {
      config: { scope: 'staff:read' },
      schema: {
        tags: ['Adjustments'],
        operationId: 'getAdjustmentLimits',
        summary: 'Get the limits of adjustments',
        description: `How much money people in a role may move by adjusting balances. Owners and API keys have no limit. A unit is worth what customers got
for it in the last twelve months; before the first redemption, the most that they can get for it; a unit of cashback is money.`,
        response: { 200: AdjustmentLimits },
      },
    },
    async (request) => {
      const { businessId } = request.caller
      const { currency } = (await programsOf(ctx, businessId)).business
      return readTenant(ctx, request, (tx) => limitsToJson(tx, businessId, currency))
    },
  )
}

export async function limitsToJson(q: Queryable, businessId: Uuid, currency: string): Promise<AdjustmentLimits> {
  const [support, manager] = await Promise.all([
    adjustmentLimit(q, businessId, 'support'),
    adjustmentLimit(q, businessId, 'manager'),
  ])
  return {
    currency,
    support: limitToJson(must(support, 'the limit of support')),
    manager: manager && limitToJson(manager),
  }
}

function limitToJson({ perAdjustment, perDay, updatedAt, updatedBy }: StoredLimit): AdjustmentLimits['support'] {
  return {
    per_adjustment: perAdjustment,
    per_day: perDay,
    updated_at: formatInstant(updatedAt),
    updated_by: actorToJson(updatedBy),
  }
}
