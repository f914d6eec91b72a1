// GET /api/v1/categories: the categories of the menus, by name.
import { Type } from 'typebox'
import { Category } from '../../../../contract/api/installations.ts'
import { listCategories } from '../../../catalogue/catalogue.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'

export function registerListCategories(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/categories',
    {
      config: { scope: 'programs:read' },
      schema: {
        tags: ['Catalogue'],
        operationId: 'listCategories',
        summary: 'List categories',
        description: 'All categories are returned on one page.',
        response: { 200: Type.Object({ data: Type.Array(Category) }) },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const rows = await listCategories(tx, request.caller.businessId)
        return {
          data: rows.map(({ pos_name, category_id, name, name_ar }) => ({
            pos: pos_name,
            id: category_id,
            name: { en: name, ar: name_ar },
          })),
        }
      }),
  )
}
