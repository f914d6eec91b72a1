// GET /api/v1/home/attention: what somebody should look at, since when, and where it is listed.
import { Attention } from '../../../../contract/api/reports.ts'
import { ATTENTION, type AttentionKind, readAttention, readUnmatched } from '../../../reports/read-attention.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'

export function registerAttention(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/home/attention',
    {
      config: { scope: 'orders:read' },
      schema: {
        tags: ['Reports'],
        operationId: 'getAttention',
        summary: 'List what needs attention',
        description: 'Only kinds of which there is something.',
        response: { 200: Attention },
      },
    },
    async (request) => {
      const { businessId } = request.caller
      const own = await readTenant(ctx, request, (tx) => readAttention(tx, businessId, ctx.clock.now()))
      const unmatched = await readUnmatched(ctx.db, businessId)
      const all = unmatched ? [...own, unmatched] : own
      const data = all
        .sort((a, b) => ATTENTION.indexOf(a.kind) - ATTENTION.indexOf(b.kind))
        .map(({ kind, count, since }) => ({ kind, count, since: formatInstant(since), path: PATHS[kind] }))
      return { data }
    },
  )
}

const PATHS: Record<AttentionKind, string> = {
  failed: '/api/v1/deliveries?result=failed',
  parked: '/api/v1/deliveries?result=parked',
  unmatched: '/api/v1/connections',
  flagged: '/api/v1/orders?flagged=true',
  consent: '/api/v1/pos-accounts',
}
