// PATCH /api/v1/business: changes the name, the country or the language of the business.
import { Business, BusinessChanges } from '../../../../contract/api/business.ts'
import { updateBusiness } from '../../../businesses/businesses.ts'
import { must } from '../../../kernel/assert.ts'
import { isPhoneCountry } from '../../../kernel/phone.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { businessToJson } from './get-business.ts'

export function registerUpdateBusiness(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/business',
    {
      config: {
        scope: 'business:write',
        problems: ['idempotency_key_reused', 'idempotency_in_progress'],
        row: 'businesses',
      },
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
        const { name, language, country } = request.body
        if (typeof country === 'string' && !isPhoneCountry(country)) throw invalid('/country', ...UNKNOWN_COUNTRY)
        const changes = {
          ...(name?.en !== undefined && { name: name.en }),
          ...(name?.ar !== undefined && { name_ar: name.ar }),
          ...(language !== undefined && { language }),
          ...(country !== undefined && { country }),
        }
        return businessToJson(must(await updateBusiness(tx, request.caller.businessId, changes), 'the business'))
      }),
  )
}

const UNKNOWN_COUNTRY = [
  'must be a two-letter country code (ISO 3166), e.g. SA, or null for the country of the time zone',
  'يجب أن يكون رمز دولة من حرفين (ISO 3166) مثل SA، أو null لاستخدام دولة المنطقة الزمنية',
] as const
