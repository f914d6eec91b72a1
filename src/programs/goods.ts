// Which lines are meant: the one answer to that question, for earning and for spending alike.
import type { Filter } from '../../contract/program.ts'
import type { BasketLine } from './basket.ts'

/** Filters of goods, as a rule's conditions or a plan carry them. */
export interface GoodsFilter {
  products?: Filter
  categories?: Filter
}

export type Goods = Pick<BasketLine, 'productId' | 'sku' | 'categoryId'>

/** Products are known by POS id or SKU; what is excluded stays out even when it is included as well. */
export function isMeant(filter: GoodsFilter, line: Goods): boolean {
  return isOfProducts(filter.products, line) && isOfCategories(filter.categories, line)
}

export function isOfProducts(filter: Filter | undefined, { productId, sku }: Goods): boolean {
  return passes(filter, (id) => id === productId || id === sku)
}

/** Goods without a category are in no category: an include keeps them out, an exclude lets them in. */
function isOfCategories(filter: Filter | undefined, { categoryId }: Goods): boolean {
  return passes(filter, (id) => id === categoryId)
}

function passes(filter: Filter | undefined, named: (id: string) => boolean): boolean {
  if (filter === undefined) return true
  if (filter.exclude?.some(named)) return false
  return filter.include === undefined || filter.include.some(named)
}
