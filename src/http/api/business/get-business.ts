// GET /api/v1/business: the business that the API key belongs to.
import { actorToJson } from '../../../../contract/actor.ts'
import { Business } from '../../../../contract/api/business.ts'
import { type Business as BusinessRow, findBusiness } from '../../../businesses/businesses.ts'
import { must } from '../../../kernel/assert.ts'
import { countryOf } from '../../../kernel/country.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerGetBusiness(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/business',
    {
      config: { scope: 'business:read' },
      schema: {
        tags: ['Business'],
        operationId: 'getBusiness',
        summary: 'Get the business',
        response: { 200: Business },
      },
    },
    async (request) => businessToJson(must(await findBusiness(ctx.db, request.caller.businessId), 'the business')),
  )
}

export function businessToJson(business: BusinessRow): Business {
  return {
    id: formatId('business', business.id),
    name: { en: business.name, ar: business.name_ar },
    currency: business.currency,
    timezone: business.timezone,
    language: business.language,
    country: countryOf(business),
    created_at: formatInstant(business.created_at),
    created_by: actorToJson(business.created_by),
    updated_by: actorToJson(business.updated_by),
  }
}
