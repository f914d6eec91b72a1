// POST /api/v1/claims/{id}/return: gives a redemption back by hand, because its discount never
// reached the order.
import { Claim, ReturnRedemption } from '../../../../contract/api/claims.ts'
import { idParams } from '../../../../contract/api/common.ts'
import type { Text } from '../../../../contract/errors.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { findClaim } from '../../../rewards/claims/claim-store.ts'
import { type ReturnOutcome, returnRedemption } from '../../../rewards/redeem/return-redemption.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { heldCustomerOr404 } from '../customers/customer-problem.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { claimToJson } from './claim-to-json.ts'

export function registerReturnRedemption(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/claims/:id/return',
    {
      config: {
        scope: 'claims:write',
        problems: ['not_found', 'customer_erased', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Claims'],
        operationId: 'returnRedemption',
        summary: 'Return a redemption',
        description: `For a redemption whose discount never reached the order. The units go back to the balance, and the ledger shows the reason. If the
order shows the discount, or its code, the redemption cannot be returned: void or return the order. If the order shows it later, the claim is
redeemed again. A later void or return of the order restores nothing more.`,
        params: idParams('clm', 'claim'),
        body: ReturnRedemption,
        response: { 200: Claim },
      },
    },
    async (request, reply) => {
      const claimId = idOr404('claim', request.params.id)
      const reason = request.body.reason.trim()
      if (reason === '') throw invalid('/reason', 'must not be empty', 'يجب ألا يكون فارغًا')
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        const claim = await findClaim(tx, businessId, claimId)
        // Nothing moves for a customer who was erased.
        if (claim) await heldCustomerOr404(tx, businessId, claim.customerId)
        const input = { claimId, reason }
        const outcome = await returnRedemption(tx, lock, programs, input, { now: ctx.clock.now(), ids: ctx.ids })
        if (outcome.kind === 'returned') return claimToJson(outcome.claim, programs)
        throw problemOf(outcome)
      })
    },
  )
}

function problemOf(outcome: Exclude<ReturnOutcome, { kind: 'returned' }>): Problem {
  switch (outcome.kind) {
    case 'not_found':
      return notFound('claim')
    case 'not_redeemed':
      return new Problem('conflict', { detail: NOT_REDEEMED, extra: { claim_status: outcome.status } })
    case 'in_order':
      return new Problem('conflict', { detail: IN_ORDER, extra: { claim_status: 'redeemed' } })
    default:
      return unreachable(outcome)
  }
}

const NOT_REDEEMED: Text = {
  en: 'Only a redeemed claim can be returned.',
  ar: 'لا يمكن إرجاع حجز لم يُستخدم أو سبق إرجاعه.',
}

const IN_ORDER: Text = {
  en: 'The order shows this redemption. Void or return the order in the POS to restore the reward.',
  ar: 'الخصم ظاهر في الطلب. ألغِ الطلب أو أرجعه من نظام نقاط البيع لإعادة المكافأة.',
}
