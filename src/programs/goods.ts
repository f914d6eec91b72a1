// Which lines a product or category filter selects, for earning and for rewards.
import type { Filter } from '../../contract/program.ts'
import type { BasketLine } from './basket.ts'

/** The product and category filters of a rule or a plan. */
export interface GoodsFilter {
  products?: Filter
  categories?: Filter
}

export type Goods = Pick<BasketLine, 'productId' | 'sku' | 'categoryId'>

/** Products are identified by POS id or SKU. An exclude takes precedence over an include. */
export function isMeant(filter: GoodsFilter, line: Goods): boolean {
  return isOfProducts(filter.products, line) && isOfCategories(filter.categories, line)
}

export function isOfProducts(filter: Filter | undefined, { productId, sku }: Goods): boolean {
  return passes(filter, (ids) => ids.has(productId) || (sku !== undefined && ids.has(sku)))
}

/**
 * Goods without a category are in no category: an include rejects them, an exclude accepts them.
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

/** Cached: programs × rules × lines look into the same lists of up to 500 ids. */
const filterIds = new WeakMap<Filter, FilterIds>()

function idsOf(filter: Filter): FilterIds {
  const known = filterIds.get(filter)
  if (known) return known
  const { include, exclude } = filter
  const ids = { include: include && new Set(include), exclude: exclude && new Set(exclude) }
  filterIds.set(filter, ids)
  return ids
}
