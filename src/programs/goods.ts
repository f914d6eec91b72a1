// Which lines are meant: the one answer to that question, for earning and for spending alike.
import type { Filter } from '../../contract/program.ts'
import type { BasketLine } from './basket.ts'

/** Filters of goods, as a rule's conditions or a plan carry them. */
export interface GoodsFilter {
  products?: Filter
  categories?: Filter
}

export type Goods = Pick<BasketLine, 'productId' | 'sku' | 'categoryId'>

/**
 * Products are known by POS id or SKU; what is excluded stays out even when it is included as well.
 */
export function isMeant(filter: GoodsFilter, line: Goods): boolean {
  return isOfProducts(filter.products, line) && isOfCategories(filter.categories, line)
}

export function isOfProducts(filter: Filter | undefined, { productId, sku }: Goods): boolean {
  return passes(filter, (ids) => ids.has(productId) || (sku !== undefined && ids.has(sku)))
}

/**
 * Goods without a category are in no category: an include keeps them out, an exclude lets them in.
 */
function isOfCategories(filter: Filter | undefined, { categoryId }: Goods): boolean {
  return passes(filter, (ids) => categoryId !== undefined && ids.has(categoryId))
}

function passes(filter: Filter | undefined, names: (ids: ReadonlySet<string>) => boolean): boolean {
  if (filter === undefined) return true
  const { include, exclude } = idsOf(filter)
  if (exclude && names(exclude)) return false
  return include === undefined || names(include)
}

interface FilterIds {
  include: ReadonlySet<string> | undefined
  exclude: ReadonlySet<string> | undefined
}

/**
 * Programs × rules × lines look into the same lists, of up to 500 ids each: one look must not read
 * the list.
 */
const filterIds = new WeakMap<Filter, FilterIds>()

function idsOf(filter: Filter): FilterIds {
  const known = filterIds.get(filter)
  if (known) return known
  const { include, exclude } = filter
  const ids = { include: include && new Set(include), exclude: exclude && new Set(exclude) }
  filterIds.set(filter, ids)
  return ids
}
