// PATCH /api/v1/business: changes the names, the language, the country or the time zone of the business.
import { BusinessChanges, Business as BusinessJson } from '../../../../contract/api/business.ts'
import { type Business, type UpdateBusinessOutcome, updateBusiness } from '../../../businesses/businesses.ts'
import { isPhoneCountry } from '../../../kernel/phone.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { notFound, unknownTimezone } from '../format.ts'
import { businessToJson } from './get-business.ts'

export function registerUpdateBusiness(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/business',
    {
      config: {
        scope: 'business:write',
        problems: ['conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
        row: 'businesses',
      },
      schema: {
        tags: ['Business'],
        operationId: 'updateBusiness',
        summary: 'Update the business',
        description:
          'The time zone can be changed until the first order, movement, claim or subscription; from then on the answer is 409 `conflict`.',
        body: BusinessChanges,
        response: { 200: BusinessJson },
      },
    },
    (request, reply) =>
      writeShared(ctx, request, reply, async (tx) => {
        const { name, language, country, timezone } = request.body
        if (typeof country === 'string' && !isPhoneCountry(country)) throw invalid('/country', ...UNKNOWN_COUNTRY)
        const changes = {
          ...(name?.en !== undefined && { name: name.en }),
          ...(name?.ar !== undefined && { name_ar: name.ar }),
          ...(language !== undefined && { language }),
          ...(country !== undefined && { country }),
          ...(timezone !== undefined && { timezone }),
        }
        return businessToJson(updated(await updateBusiness(tx, request.caller.businessId, changes)))
      }),
  )
}

function updated(outcome: UpdateBusinessOutcome): Business {
  switch (outcome.kind) {
    case 'updated':
      return outcome.business
    case 'timezone_unknown':
      throw unknownTimezone()
    case 'not_found':
      throw notFound('business')
    case 'timezone_fixed':
      throw new Problem('conflict', {
        detail: {
          en: 'The business has orders or balances, and their days were counted in the present time zone. Set the time zone of each branch instead.',
          ar: 'لدى المنشأة طلبات أو أرصدة حُسبت أيامها بالمنطقة الزمنية الحالية. حدّد بدلًا من ذلك المنطقة الزمنية لكل فرع.',
        },
      })
  }
}

const UNKNOWN_COUNTRY = [
  'must be a two-letter country code (ISO 3166), e.g. SA, or null for the country of the time zone',
  'يجب أن يكون رمز دولة من حرفين (ISO 3166) مثل SA، أو null لاستخدام دولة المنطقة الزمنية',
] as const
