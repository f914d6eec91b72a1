// PATCH /api/v1/adjustment-limits: sets how much people in a role may adjust.
import {
  AdjustmentLimitChanges,
  AdjustmentLimits,
  type NewAdjustmentLimit,
} from '../../../../contract/api/adjustment-limits.ts'
import { LIMITED_ROLES } from '../../../../contract/roles.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import type { AppContext } from '../../../server/context.ts'
import { type AdjustmentLimit, setAdjustmentLimit } from '../../../staff/adjustment-limits.ts'
import { invalid } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { programsOf } from '../programs/programs-of.ts'
import { limitsToJson } from './get-limits.ts'

export function registerSetLimits(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/adjustment-limits',
    {
      config: {
        scope: 'staff:write',
        fresh: true,
        problems: ['idempotency_key_reused', 'idempotency_in_progress'],
        row: 'adjustment_limits',
      },
      schema: {
        tags: ['Adjustments'],
        operationId: 'setAdjustmentLimits',
        summary: 'Set the limits of adjustments',
        description:
          'Absent roles stay as they are. A limit holds from the next adjustment on, and counts what is adjusted from then on.',
        body: AdjustmentLimitChanges,
        response: { 200: AdjustmentLimits },
      },
    },
    async (request, reply) => {
      const { businessId } = request.caller
      const limits = LIMITED_ROLES.flatMap((role) => {
        const sent = request.body[role]
        return sent === undefined ? [] : [{ businessId, role, limit: readLimit(role, sent) }]
      })
      const { currency } = (await programsOf(ctx, businessId)).business
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        for (const one of limits) await setAdjustmentLimit(tx, lock, one, ctx.clock)
        return limitsToJson(tx, businessId, currency)
      })
    },
  )
}

function readLimit(role: string, sent: NewAdjustmentLimit | null): AdjustmentLimit | null {
  if (sent === null) return null
  const { per_adjustment: perAdjustment, per_day: perDay } = sent
  if (perDay >= perAdjustment) return { perAdjustment, perDay }
  throw invalid(
    `/${role}/per_day`,
    'must not be less than per_adjustment: one adjustment of that worth must be possible on a day',
    'يجب ألا يقل عن per_adjustment، ليتسنى تعديل واحد بهذه القيمة في اليوم',
  )
}
