// POST /api/v1/pos-accounts/{pos}/backfill: imports the past orders of a POS.
import { Backfill, NewBackfill } from '../../../../contract/api/installations.ts'
import { startBackfill } from '../../../installations/backfill.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { backfillToJson, noSuchInstallation, posParams } from './list-installations.ts'

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
        summary: 'Import past orders from a POS',
        description: `Each order is evaluated with the rules that were valid when it was paid. Orders that were already applied change nothing. About 4,000 orders per minute;
the account shows the progress. Starting it again with the same day has no effect while it is running.`,
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
        if (outcome.kind === 'started') return backfillToJson(outcome.backfill)
        if (outcome.kind === 'not_found') throw noSuchInstallation()
        if (outcome.kind === 'needs_consent') throw new Problem('consent_needed')
        throw new Problem('conflict', {
          detail: {
            en: 'An import from another day is running. Wait until it is done.',
            ar: 'يجري حاليًا استيراد الطلبات من تاريخ آخر. انتظر حتى ينتهي.',
          },
        })
      })
    },
  )
}
