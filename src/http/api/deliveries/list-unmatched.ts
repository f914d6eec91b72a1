// GET /api/v1/unmatched-deliveries: what a POS of the business sent under references that are not
// connected.
import { Type } from 'typebox'
import { UnmatchedReference } from '../../../../contract/api/deliveries.ts'
import { listUnmatched, type UnmatchedReference as Reference, UNMATCHED_KEPT_MS } from '../../../ingest/unmatched.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerListUnmatched(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/unmatched-deliveries',
    {
      config: { scope: 'deliveries:read' },
      schema: {
        tags: ['Webhook deliveries'],
        operationId: 'listUnmatchedDeliveries',
        summary: 'List references that are not connected',
        description: `What a POS that the business registered itself sent under references that are not connected. Connect a reference to apply its deliveries;
otherwise they are deleted after 30 days. Deliveries of other POS systems are not listed, because it is not known whose they are.`,
        response: { 200: Type.Object({ data: Type.Array(UnmatchedReference) }) },
      },
    },
    async (request) => ({ data: (await listUnmatched(ctx.db, request.caller.businessId)).map(referenceToJson) }),
  )
}

function referenceToJson({
  posName,
  reference,
  deliveries,
  firstReceivedAt,
  lastReceivedAt,
}: Reference): UnmatchedReference {
  return {
    pos: posName,
    reference,
    deliveries,
    first_received_at: formatInstant(firstReceivedAt),
    last_received_at: formatInstant(lastReceivedAt),
    deleted_at: formatInstant(firstReceivedAt + UNMATCHED_KEPT_MS),
  }
}
