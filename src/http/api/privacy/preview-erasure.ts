// GET /api/v1/customers/{id}/erasure: what erasing the customer will end.
import { idParams } from '../../../../contract/api/common.ts'
import { ErasurePreview } from '../../../../contract/api/privacy.ts'
import { formatId } from '../../../kernel/ids.ts'
import { previewErasure } from '../../../privacy/preview-erasure.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { customerOr404 } from '../customers/customer-problem.ts'
import { idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { endedToJson } from './erasure-to-json.ts'

export function registerPreviewErasure(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id/erasure',
    {
      config: { scope: 'privacy:erase', problems: ['not_found', 'customer_merged', 'customer_erased'] },
      schema: {
        tags: ['Privacy'],
        operationId: 'previewErasure',
        summary: 'See what an erasure ends',
        description: 'Changes nothing.',
        params: idParams('cus', 'customer'),
        response: { 200: ErasurePreview },
      },
    },
    async (request): Promise<ErasurePreview> => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      return readTenant(ctx, request, async (tx) => {
        await customerOr404(tx, businessId, customerId)
        const { merged, phones, ...ended } = await previewErasure(tx, businessId, customerId, ctx.clock.now())
        return { customer_id: formatId('customer', customerId), ...endedToJson(ended, programs), merged, phones }
      })
    },
  )
}
