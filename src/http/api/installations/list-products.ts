// GET /api/v1/products: the products of the menus, by name.
import { Type } from 'typebox'
import { Product } from '../../../../contract/api/installations.ts'
import { listProducts, type Product as ProductRow } from '../../../catalogue/catalogue.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'

/** A rule or reward names at most 500; they fit in a URL of 8 KiB only in parts. */
const MOST_IDS = 50

const Position = Type.Object({ name: Type.String(), pos: Type.String(), id: Type.String() })

export function registerListProducts(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/products',
    {
      config: { scope: 'programs:read' },
      schema: {
        tags: ['Catalogue'],
        operationId: 'listProducts',
        summary: 'List or search products',
        description: 'As last imported from the POS. Deleted products are not listed.',
        querystring: Type.Object(
          {
            ...pageQuery,
            search: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 100,
                description: 'Part of the name in either language, or a complete SKU or barcode.',
              }),
            ),
            category_id: Type.Optional(Type.String({ maxLength: 128, description: 'Only products in this category.' })),
            ids: Type.Optional(
              Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
                minItems: 1,
                maxItems: MOST_IDS,
                description: 'Only products with these IDs or SKUs, as rules and rewards name them: `ids=a&ids=b`.',
              }),
            ),
            pos: Type.Optional(Type.String({ maxLength: 41, description: 'Only products of this POS.' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(Product) },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const { limit, cursor, search, category_id, pos, ids } = request.query
        const filter = {
          ...(search !== undefined && { search }),
          ...(category_id !== undefined && { categoryId: category_id }),
          ...(pos !== undefined && { posName: pos }),
          ...(ids !== undefined && { ids }),
        }
        const after = readCursor(Position, cursor)
        const rows = await listProducts(tx, request.caller.businessId, filter, after, limit + 1)
        return toPage(rows, limit, (row) => ({ name: row.name, pos: row.pos_name, id: row.product_id }), productToJson)
      }),
  )
}

function productToJson(row: ProductRow): Product {
  return {
    pos: row.pos_name,
    id: row.product_id,
    name: { en: row.name, ar: row.name_ar },
    category_id: row.category_id,
    sku: row.sku,
    barcode: row.barcode,
    price: row.price,
    active: row.active,
  }
}
