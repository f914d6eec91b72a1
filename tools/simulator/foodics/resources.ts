// The lists of the Foodics server: the filters of each, and the relations that must be requested.
import type { ListQuery, Relations } from './lists.ts'
import type { FoodicsOrder, Row } from './world.ts'

export interface Resource {
  filter(row: Row, name: string, value: string): boolean | 'unknown'
  sorts: Readonly<Record<string, (row: Row) => string | number>>
  relations: Relations
}

/**
 * Null when the query has a filter or a sort order that this list does not have: Foodics responds
 * with 400.
 */
export function select(rows: readonly Row[], resource: Resource, { filters, sort }: ListQuery): Row[] | null {
  let chosen = [...rows]
  for (const [name, value] of filters) {
    if (chosen.some((row) => resource.filter(row, name, value) === 'unknown')) return null
    chosen = chosen.filter((row) => resource.filter(row, name, value) === true)
  }
  if (sort === undefined) return chosen
  const by = resource.sorts[sort.replace(/^-/, '')]
  if (!by) return null
  const ordered = chosen.sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
  return sort.startsWith('-') ? ordered.reverse() : ordered
}

const TIMES = { created_at: (row: Row) => String(row.created_at), updated_at: (row: Row) => String(row.updated_at) }

function common(row: Row, name: string, value: string): boolean | 'unknown' {
  switch (name) {
    case 'id':
      return row.id === value
    case 'name':
      return String(row.name).toLowerCase().includes(value.toLowerCase())
    case 'updated_after':
      return String(row.updated_at).slice(0, value.length) >= value
    default:
      return 'unknown'
  }
}

export const CUSTOMERS: Resource = {
  filter: (row, name, value) =>
    ['phone', 'dial_code', 'email'].includes(name) ? String(row[name]) === value : common(row, name, value),
  sorts: { ...TIMES, name: (row) => String(row.name) },
  relations: { names: new Set(['tags', 'addresses']) },
}

export const PRODUCTS: Resource = {
  filter: (row, name, value) => {
    if (name === 'category_id') return (row.category as Row).id === value
    if (name === 'sku' || name === 'barcode') return row[name] === value
    if (name === 'is_active') return Boolean(row.is_active) === (value === '1' || value === 'true')
    return common(row, name, value)
  },
  sorts: { ...TIMES, name: (row) => String(row.name) },
  relations: { names: new Set(['category', 'modifiers', 'tags', 'branches', 'price_tags']) },
}

export const PLAIN: Resource = { filter: common, sorts: TIMES, relations: { names: new Set() } }

const LINE = [
  'product',
  'product.category',
  'options',
  'options.modifier_option',
  'options.taxes',
  'taxes',
  'discount',
  'promotion',
  'void_reason',
]

export const ORDERS: Resource = {
  filter: (row, name, value) => {
    const order = row as unknown as FoodicsOrder
    switch (name) {
      case 'reference_after':
        return Number(order.reference) > Number(value)
      case 'reference':
        return String(order.reference) === value
      case 'business_date':
        return order.business_date === value
      case 'business_date_after':
        return order.business_date > value
      case 'business_date_before':
        return order.business_date < value
      case 'status':
        return value.split(',').includes(String(order.status))
      case 'customer_id':
        return order.customer?.id === value
      case 'branch_id':
        return order.branch.id === value
      case 'original_order_id':
        return order.original_order?.id === value
      default:
        return common(row, name, value)
    }
  },
  sorts: { ...TIMES, reference: (row) => Number(row.reference) },
  relations: {
    names: new Set([
      'branch',
      'promotion',
      'original_order',
      'table',
      'creator',
      'closer',
      'driver',
      'customer',
      'customer_address',
      'discount',
      'tags',
      'coupon',
      'gift_card',
      'device',
      'charges',
      'charges.charge',
      'charges.taxes',
      'payments',
      'payments.payment_method',
      'payments.user',
      'products',
      'combos',
      'combos.products',
      'combos.combo_size',
      'combos.discount',
      'combos.products.combo_size',
      'combos.products.combo_option',
      ...LINE.flatMap((name) => [`products.${name}`, `combos.products.${name}`]),
    ]),
  },
}
