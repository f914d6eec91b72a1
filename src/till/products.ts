// The products that a claim is good for, by name: a till knows no categories, so they are looked up in the catalogue.
import { isOfProducts } from '../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../contract/reward.ts'
import { productsOfCategories } from '../connector/catalogue.ts'
import type { Queryable } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/**
 * Ids as the POS knows them; null when any product will do, or when it is not about products. What only the POS's catalogue can tell
 * is as good as that: without one, categories add nothing.
 */
export async function productsFor(
  q: Queryable,
  pos: { businessId: Uuid; posName: string },
  terms: ClaimTerms,
): Promise<string[] | null> {
  const { products, categories } = terms
  if (!isOfProducts(terms) || (!products && !categories)) return null
  const listed = categories ? await productsOfCategories(q, pos, categories) : []
  return [...new Set([...(products ?? []), ...listed])]
}
