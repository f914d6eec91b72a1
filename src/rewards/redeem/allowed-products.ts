// The products that a claim is good for, by name: a till knows no SKUs and no categories, so they
// are looked up in the catalogue.
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import { type CatalogueGoods, catalogueGoods } from '../../catalogue/catalogue.ts'
import type { Queryable } from '../../db/database.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { RedeemedProduct } from '../claims/claim.ts'

/**
 * What the catalogue says of the products of a reward, and of those that the till names besides;
 * null when the reward is not about products, or any product will do.
 */
export async function goodsFor(
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
 * Ids as the POS knows them; null when any product will do, or when it is not about products. What
 * only the POS's catalogue can tell is as good as that: without one, categories add nothing.
 */
export function productsOf({ products, categories }: ClaimTerms, found: CatalogueGoods | null): string[] | null {
  if (!found) return null
  const listed = found.goods.filter(
    ({ sku, categoryId }) =>
      (sku !== null && products?.includes(sku)) || (categoryId !== null && categories?.includes(categoryId)),
  )
  return [...new Set([...(products ?? []), ...listed.map(({ productId }) => productId)])]
}
