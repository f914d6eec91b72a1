// POST /api/v1/customers/{id}/claims: holds units for what the customer picks, and returns the
// code.
import { Claim, NewClaim } from '../../../../contract/api/claims.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { findCustomer } from '../../../customers/store.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { verifyProof } from '../../../identity/verify-proof.ts'
import { makeClaim } from '../../../rewards/claims/make-claim.ts'
import type { Pick } from '../../../rewards/claims/offer.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { Refused, writeTenant } from '../../tenant.ts'
import { proofProblem } from '../cards/proof-problem.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { claimToJson } from './claim-to-json.ts'
import { claimProblem } from './create-claim-problem.ts'

export function registerCreateClaim(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/claims',
    {
      config: {
        scope: ['claims:write', 'claims:cashier'],
        problems: [
          ...(['not_found', 'conflict', 'reward_unavailable', 'limit_reached', 'below_minimum', 'no_card'] as const),
          ...(['insufficient_units', 'proof_required', 'wrong_proof', 'proof_expired', 'too_many_attempts'] as const),
          ...(['idempotency_key_reused', 'idempotency_in_progress'] as const),
        ],
      },
      schema: {
        tags: ['Claims'],
        operationId: 'createClaim',
        summary: 'Claim a reward',
        description: `Send \`reward_id\`, or \`program_id\` for cashback (with \`amount\`), a completed stamp card or one use of a subscription. The units are
held until the code is used, cancelled or expires. A key that has only \`claims:cashier\` must send a \`proof\` that the customer
is present: a phone number alone is enough to earn but not to redeem.`,
        params: idParams('cus', 'customer'),
        body: NewClaim,
        response: { 201: Claim },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { proof, valid_minutes = 10 } = request.body
      const pick = pickOf(request.body)
      const { businessId, scopes } = request.caller
      if (!proof && !scopes.includes('claims:write')) throw new Problem('proof_required', { detail: PROOF_REQUIRED })
      const programs = await programsOf(ctx, businessId)
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        if (!(await findCustomer(tx, businessId, customerId))) throw notFound('customer')
        const decision = proof ? await verifyProof(tx, { businessId, customerId, proof }, ctx) : 'proven'
        // A wrong attempt must count, so the transaction is committed.
        if (decision !== 'proven') return new Refused(proofProblem(decision))
        const input = { customerId, pick, validMs: valid_minutes * 60_000 }
        const outcome = await makeClaim(tx, lock, programs, input, ctx)
        if (outcome.kind !== 'claimed') throw claimProblem(outcome, programs)
        return claimToJson(outcome.claim, programs)
      })
    },
  )
}

function pickOf({ reward_id, program_id, amount }: { reward_id?: string; program_id?: string; amount?: number }): Pick {
  if ((reward_id === undefined) === (program_id === undefined)) {
    throw invalid(
      '/reward_id',
      'send either reward_id or program_id (cashback, stamp card or subscription)',
      'أرسل reward_id، أو program_id للكاش باك أو بطاقة الأختام أو الاشتراك',
    )
  }
  if (reward_id !== undefined) {
    if (amount === undefined) return { rewardId: idOr404('reward', reward_id) }
    throw invalid(
      '/amount',
      'is only for cashback; remove it when you send reward_id',
      'للكاش باك فقط؛ احذفه عند إرسال reward_id',
    )
  }
  return { programId: idOr404('program', program_id ?? ''), amount: amount ?? null }
}

const PROOF_REQUIRED = {
  en: 'This API key needs a proof from the customer. Send proof.card_token or proof.one_time_password.',
  ar: 'يتطلب مفتاح API هذا إثباتًا من العميل. أرسل proof.card_token أو proof.one_time_password.',
}
