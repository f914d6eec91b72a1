// PATCH /api/v1/business: renames the business or changes the language that its cashiers read.
import { Business, BusinessChanges } from '../../../../contract/api/business.ts'
import { updateBusiness } from '../../../businesses/businesses.ts'
import type { AppContext } from '../../../context.ts'
import { must } from '../../../kernel/assert.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { showBusiness } from './get-business.ts'

export function registerUpdateBusiness(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/business',
    {
      config: { scope: 'business:write', problems: ['idempotency_key_reused', 'idempotency_in_progress'] },
      schema: {
        tags: ['Business'],
        operationId: 'updateBusiness',
        summary: 'Update the business',
        body: BusinessChanges,
        response: { 200: Business },
      },
    },
    (request, reply) =>
      writeShared(ctx, request, reply, async (tx) => {
        const { name, language } = request.body
        const changes = {
          ...(name?.en !== undefined && { name: name.en }),
          ...(name?.ar !== undefined && { name_ar: name.ar }),
          ...(language !== undefined && { language }),
        }
        return showBusiness(must(await updateBusiness(tx, request.caller.businessId, changes), 'the business'))
      }),
  )
}
