// POST /api/v1/pos-accounts/{pos}/backfill: reads the past orders of a POS and applies them as if they came today.
import { Backfill, NewBackfill } from '../../../../contract/api/pos-accounts.ts'
import { startBackfill } from '../../../connector/backfill.ts'
import type { AppContext } from '../../../context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { noSuchAccount, posParams, showBackfill } from './list-pos-accounts.ts'

export function registerStartBackfill(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/pos-accounts/:pos/backfill',
    {
      config: {
        scope: 'connections:write',
        problems: ['not_found', 'conflict', 'consent_needed', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['POS accounts'],
        operationId: 'startPosBackfill',
        summary: 'Apply the past orders of a POS',
        description: `Each order is judged by the terms in force when it was paid; what was applied before moves nothing. About 4000 orders a minute;
the account tells how far it is. Started again with the same day while it runs, it goes on.`,
        params: posParams,
        body: NewBackfill,
        response: { 202: Backfill },
      },
    },
    (request, reply) => {
      const account = { businessId: request.caller.businessId, posName: request.params.pos }
      reply.code(202)
      return writeTenant(ctx, request, reply, async (tx) => {
        const outcome = await startBackfill(tx, account, request.body.from, ctx.clock.now())
        if (outcome.kind === 'started') return showBackfill(outcome.backfill)
        if (outcome.kind === 'not_found') throw noSuchAccount()
        if (outcome.kind === 'needs_consent') throw new Problem('consent_needed')
        throw new Problem('conflict', {
          detail: {
            en: 'A backfill from another day is running; wait until it is done.',
            ar: 'يجري الآن استيراد طلبات بتاريخ آخر؛ انتظر حتى ينتهي.',
          },
        })
      })
    },
  )
}
