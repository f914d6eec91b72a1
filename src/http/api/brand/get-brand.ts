// GET /api/v1/business/brand: what the business looks like to its customers.
import { actorToJson } from '../../../../contract/actor.ts'
import { Brand } from '../../../../contract/api/brand.ts'
import { darkColors } from '../../../../contract/brand.ts'
import { type Brand as BrandRow, findBrand } from '../../../businesses/brand.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { logoAddress } from '../../pages/logo.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'

export function registerGetBrand(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/business/brand',
    {
      config: { scope: 'business:read' },
      schema: {
        tags: ['Business'],
        operationId: 'getBrand',
        summary: 'Get the brand',
        description:
          'Colours, the design of the card and the logo. A business that has chosen nothing has the default.',
        response: { 200: Brand },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const { businessId } = request.caller
        return brandToJson(businessId, await findBrand(tx, businessId))
      }),
  )
}

export function brandToJson(businessId: Uuid, { colors, card, logo, updatedAt, updatedBy }: BrandRow): Brand {
  return {
    colors,
    dark_colors: darkColors(colors),
    card,
    logo: logo && {
      url: logoAddress(businessId, logo),
      type: logo.type,
      width: logo.width,
      height: logo.height,
    },
    updated_at: formatInstant(updatedAt),
    updated_by: actorToJson(updatedBy),
  }
}
