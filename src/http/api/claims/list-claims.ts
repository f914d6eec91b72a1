// GET /api/v1/customers/{id}/claims: the claims of a customer, newest first.
import { Type } from 'typebox'
import { Claim, ClaimStatus } from '../../../../contract/api/claims.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { findCustomer } from '../../../customers/store.ts'
import { listClaims } from '../../../rewards/claims/claim-store.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition, idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { claimToJson } from './claim-to-json.ts'

export function registerListClaims(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id/claims',
    {
      config: { scope: 'claims:read', problems: ['not_found'] },
      schema: {
        tags: ['Claims'],
        operationId: 'listClaims',
        summary: "List a customer's claims",
        params: idParams('cus', 'customer'),
        querystring: Type.Object({ ...pageQuery, status: Type.Optional(ClaimStatus) }),
        response: { 200: pageOf(Claim) },
      },
    },
    async (request) => {
      const customerId = idOr404('customer', request.params.id)
      const { limit, cursor, status = null } = request.query
      const { businessId } = request.caller
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const programs = await programsOf(ctx, businessId)
      return readTenant(ctx, request, async (tx) => {
        if (!(await findCustomer(tx, businessId, customerId))) throw notFound('customer')
        const rows = await listClaims(tx, { businessId, customerId }, { status, before, limit: limit + 1 })
        return toPage(
          rows,
          limit,
          ({ id }) => ({ id }),
          (claim) => claimToJson(claim, programs),
        )
      })
    },
  )
}
