// GET /api/v1/pos-systems/{pos}/status: whether orders of a POS arrive, and what is wrong with those
// that do not.
import type { FastifyRequest } from 'fastify'
import { type PosRefusal, PosStatus } from '../../../../contract/api/onboarding.ts'
import { listConnections } from '../../../businesses/connections.ts'
import { isUsablePos } from '../../../businesses/own-pos.ts'
import { type KeptRefusal, listRefusals } from '../../../businesses/refused-deliveries.ts'
import { formatId } from '../../../kernel/ids.ts'
import { latestOfPos } from '../../../orders/work-list.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { ownPosParams } from '../business/create-pos-token.ts'
import { formatInstant } from '../format.ts'
import { wordsOf } from './refusal-words.ts'

const DAY_MS = 86_400_000

export function registerGetPosStatus(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/pos-systems/:pos/status',
    {
      config: { scope: 'connections:read', problems: ['not_found'] },
      schema: {
        tags: ['Connections'],
        operationId: 'getPosStatus',
        summary: 'Get the state of a POS',
        description: `Whether orders of the POS arrive, and for requests that were refused: what is wrong and what mends it. For a POS that several
businesses use, only requests that name a reference of this business are known.`,
        params: ownPosParams,
        response: { 200: PosStatus },
      },
    },
    async (request) => {
      const { businessId } = request.caller
      const { pos } = request.params
      const since = ctx.clock.now() - DAY_MS
      if (!(await isUsablePos(ctx.db, businessId, pos))) throw noSuchPos()
      const connections = await listConnections(ctx.db, businessId)
      return readTenant(ctx, request, async (tx): Promise<PosStatus> => {
        const [latest, refusals] = await Promise.all([
          latestOfPos(tx, businessId, pos),
          listRefusals(tx, businessId, pos, since),
        ])
        const references = connections.filter(({ pos_name }) => pos_name === pos).map(({ reference }) => reference)
        const current = refusals.filter(({ at }) => latest === null || at > latest.createdAt)
        return {
          pos,
          order_url: `${ctx.config.publicUrl ?? addressOf(request)}/pos/1.0.0/${encodeURIComponent(pos)}/order`,
          references,
          latest_order: latest && {
            id: formatId('order', latest.id),
            received_at: formatInstant(latest.createdAt),
            has_customer: latest.customerId !== null,
            reason: latest.reason,
          },
          refusals: current.map((refusal) => refusalToJson(refusal, references)),
        }
      })
    },
  )
}

function noSuchPos(): Problem {
  return new Problem('not_found', {
    detail: {
      en: 'No POS that this business can use has this name.',
      ar: 'لا يوجد نظام نقاط بيع بهذا الاسم يمكن للمنشأة استخدامه.',
    },
  })
}

/** Where the browser reached this server. */
function addressOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`
}

function refusalToJson(refusal: KeptRefusal, references: readonly string[]): PosRefusal {
  const { at, reason, reference, errors } = refusal
  return { at: formatInstant(at), reason, reference, errors: errors ?? [], ...wordsOf(refusal, references) }
}
