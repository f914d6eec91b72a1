// POST /api/v1/claims/{id}/cancel: cancels a held claim and releases its units.
import { Claim } from '../../../../contract/api/claims.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { cancelClaim } from '../../../rewards/claims/end-claim.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { claimToJson } from './claim-to-json.ts'

export function registerCancelClaim(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/claims/:id/cancel',
    {
      config: {
        scope: ['claims:write', 'claims:cashier'],
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Claims'],
        operationId: 'cancelClaim',
        summary: 'Cancel a claim',
        description: 'Only a held claim can be cancelled.',
        params: idParams('clm', 'claim'),
        response: { 200: Claim },
      },
    },
    async (request, reply) => {
      const id = idOr404('claim', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        const outcome = await cancelClaim(tx, lock, programs, id, { now: ctx.clock.now(), ids: ctx.ids })
        if (outcome.kind === 'not_found') throw notFound('claim')
        if (outcome.kind === 'already_ended') {
          throw new Problem('conflict', {
            detail: {
              en: `The claim is already ${outcome.status}. Only a held claim can be cancelled.`,
              ar: 'هذا الحجز منتهٍ بالفعل، ولا يمكن إلغاء حجز غير قائم.',
            },
            extra: { claim_status: outcome.status },
          })
        }
        return claimToJson(outcome.claim, programs)
      })
    },
  )
}
