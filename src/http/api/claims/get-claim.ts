// GET /api/v1/claims/{id}: one claim.
import { Claim } from '../../../../contract/api/claims.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { findClaim } from '../../../rewards/claims/claim-store.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { claimToJson } from './claim-to-json.ts'

export function registerGetClaim(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/claims/:id',
    {
      config: { scope: 'claims:read', problems: ['not_found'] },
      schema: {
        tags: ['Claims'],
        operationId: 'getClaim',
        summary: 'Get a claim',
        params: idParams('clm', 'claim'),
        response: { 200: Claim },
      },
    },
    async (request) => {
      const id = idOr404('claim', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      return readTenant(ctx, request, async (tx) => {
        const claim = await findClaim(tx, businessId, id)
        if (!claim) throw notFound('claim')
        return claimToJson(claim, programs)
      })
    },
  )
}
