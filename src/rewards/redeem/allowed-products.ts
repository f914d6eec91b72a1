// The products that a claim includes, by id: a till knows no SKUs and no categories, so the
// catalogue resolves them.
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import { type CatalogueGoods, catalogueGoods } from '../../catalogue/catalogue.ts'
import type { Queryable } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { RedeemedProduct } from '../claims/claim.ts'

/**
 * The catalogue entries of the products of a reward, and of those that the till names. Null,
 * without a query, if the reward is not for products or includes all of them.
 */
export async function loadGoods(
  q: Queryable,
  pos: { businessId: Uuid; posName: string },
  terms: ClaimTerms,
  redeemed: readonly RedeemedProduct[] | null = null,
): Promise<CatalogueGoods | null> {
  const { products, categories } = terms
  if (!isOfProducts(terms) || (!products && !categories)) return null
  const named = redeemed?.map(({ product_id }) => product_id) ?? []
  return catalogueGoods(q, pos, { products: [...(products ?? []), ...named], categories: categories ?? [] })
}

/**
 * Product ids of the POS; null if the reward is not for products or includes all of them. Without a
 * catalogue SKUs and categories add no products.
 */
export function allowedProducts(
  { products, categories }: ClaimTerms,
  catalogue: CatalogueGoods | null,
): string[] | null {
  if (!catalogue) return null
  const found = catalogue.goods.filter(
    ({ sku, categoryId }) =>
      (sku !== null && products?.includes(sku)) || (categoryId !== null && categories?.includes(categoryId)),
  )
  return [...new Set([...(products ?? []), ...found.map(({ productId }) => productId)])]
}
