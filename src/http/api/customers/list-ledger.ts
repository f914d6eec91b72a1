// GET /api/v1/customers/{id}/ledger: all movements of a customer's units, with reasons.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import { LedgerEntry } from '../../../../contract/api/customers.ts'
import { findMerged, mergedInto } from '../../../customers/merged.ts'
import { findCustomer } from '../../../customers/store.ts'
import { formatId } from '../../../kernel/ids.ts'
import { readLedgerPage } from '../../../ledger/read.ts'
import { salesBehind } from '../../../orders/read.ts'
import type { Why } from '../../../programs/why.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition, idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { entryToJson } from './entry-to-json.ts'

export function registerListLedger(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id/ledger',
    {
      config: { scope: 'customers:read', problems: ['not_found'] },
      schema: {
        tags: ['Customers'],
        operationId: 'listLedger',
        summary: "List a customer's movements",
        description: `Newest first. After a merge it includes the movements of the merged customer; that customer's ID still lists its own, up to the merge.`,
        params: idParams('cus', 'customer'),
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(LedgerEntry) },
      },
    },
    async (request) => {
      const id = idOr404('customer', request.params.id)
      const { limit, cursor } = request.query
      const before = readCursor(IdPosition, cursor)?.id
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      return readTenant(ctx, request, async (tx) => {
        const [customer, merged] = await Promise.all([findCustomer(tx, businessId, id), mergedInto(tx, businessId, id)])
        // Merged customers keep their history.
        if (!customer && !(await findMerged(tx, businessId, id))) throw notFound('customer')
        const page = { businessId, customerId: id, merged, before, limit: limit + 1 }
        const entries = await readLedgerPage<Why>(tx, page)
        const sources = entries.map((entry) => entry.sourceId)
        const sales = await salesBehind(tx, businessId, sources)
        return toPage(
          entries,
          limit,
          ({ id: entryId }) => ({ id: entryId }),
          (entry) => ({
            ...entryToJson(entry, programs, sales),
            ...(entry.customerId !== id && { merged_from: formatId('customer', entry.customerId) }),
          }),
        )
      })
    },
  )
}
