// A sample merchant of the Foodics server: branches, a menu, customers and past orders, all derived
// from the seed.

import { foodicsBody } from '../../../src/integrations/foodics/fixtures/body.ts'
import { customer as customerBody } from '../../../src/integrations/foodics/fixtures/parts.ts'
import type { LineSpec, OrderSpec } from '../../../src/integrations/foodics/fixtures/spec.ts'
import { derivedId } from '../../../src/kernel/ids.ts'

export type FoodicsOrder = ReturnType<typeof foodicsBody>['order']
/** A record that the API lists, with the keys of Foodics. */
export type Row = Record<string, unknown> & { id: string }
export type Customer = Row & { name: string; dial_code: number; phone: string }

export interface World {
  business: { id: string; name: string; reference: number; owner_email: string; plan: string }
  settings: Record<string, unknown>
  branches: Row[]
  categories: Row[]
  products: Row[]
  customers: Customer[]
  /** Sorted by reference, lowest first. */
  orders: FoodicsOrder[]
}

export interface WorldSpec {
  /** Equal seeds give equal worlds. */
  seed?: number
  reference?: number
  branches?: number
  products?: number
  customers?: number
  /** Sales; every ninth is returned by an order of its own. */
  orders?: number
  /** The day of the first order. */
  from?: string
}

const DAY_MS = 24 * 3_600_000
const MADE = { created_at: '2022-11-14 15:12:29', updated_at: '2022-12-12 16:51:18', deleted_at: null }

export function makeWorld(spec: WorldSpec = {}): World {
  const { seed = 1, reference = 440810, branches = 2, products = 40, customers = 20, orders = 0 } = spec
  const random = randomOf(seed)
  const menu = Array.from({ length: products }, (_, index) => productOf(index, random))
  const people = Array.from({ length: customers }, (_, index) => personOf(index + 1))
  return {
    business: {
      id: derivedId('foodics-business', String(reference)),
      name: `Sample Merchant ${reference}`,
      reference,
      owner_email: 'owner@example.com',
      plan: 'advanced',
    },
    settings: {
      business_currency: 'SAR',
      business_timezone: '+03:00',
      tax_inclusive_pricing: true,
      rounding_method: 1,
      sa_zatca_branch_address: [],
    },
    branches: Array.from({ length: branches }, (_, index) => branchOf(index + 1)),
    categories: CATEGORIES.map(categoryOf),
    products: menu,
    customers: people,
    orders: ordersOf(orders, spec.from ?? '2026-01-01', menu, people, random),
  }
}

/** Random numbers from 0 up to 1, equal for equal seeds (the generator mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The first product is the one for which the sample programs give stamps. */
const CATEGORIES = [
  { id: '_7ad32937', en: 'Hot Drinks', ar: 'مشروبات ساخنة' },
  { id: '_7cold001', en: 'Cold Drinks', ar: 'مشروبات باردة' },
  { id: '_7bake001', en: 'Bakery', ar: 'مخبوزات' },
] as const

function categoryOf({ id, en, ar }: (typeof CATEGORIES)[number]): Row {
  return { id, name: en, name_localized: ar, reference: null, image: null, ...MADE }
}

function productOf(index: number, random: () => number): Row {
  const category = CATEGORIES[index % CATEGORIES.length] ?? CATEGORIES[0]
  const number = index + 1
  return {
    id: derivedId('foodics-product', String(number)),
    sku: `sk-${String(number).padStart(5, '0')}`,
    barcode: number % 5 === 0 ? null : `628${String(number).padStart(10, '0')}`,
    name: `Sample ${category.en} ${number}`,
    // Not every merchant translates all names.
    name_localized: number % 11 === 0 ? null : `${category.ar} تجريبي ${number}`,
    description: null,
    description_localized: null,
    image: null,
    is_active: number % 13 === 0 ? 0 : true,
    is_stock_product: false,
    is_ready: 1,
    // 2 is an open price.
    pricing_method: number % 17 === 0 ? 2 : 1,
    selling_method: 1,
    costing_method: 2,
    preparation_time: null,
    price: number % 17 === 0 ? 0 : 5 + Math.floor(random() * 90) / 2,
    cost: null,
    calories: 0,
    meta: [],
    ...MADE,
    category: categoryOf(category),
  }
}

function branchOf(number: number): Row {
  return {
    id: `97be5de5-0000-4efe-8355-${String(number).padStart(12, '0')}`,
    name: `Sample Branch ${number}`,
    name_localized: `فرع تجريبي ${number}`,
    reference: `B0${number}`,
    type: 1,
    latitude: null,
    longitude: null,
    phone: null,
    opening_from: '04:00',
    opening_to: '04:00',
    inventory_end_of_day_time: '05:00',
    receipt_header: null,
    receipt_footer: null,
    settings: [],
    ...MADE,
    receives_online_orders: 1,
    address: null,
  }
}

function personOf(number: number): Customer {
  const { is_loyalty_enabled: _, ...rest } = customerBody({ number })
  // Foodics sometimes writes this flag as a number.
  return { ...rest, is_loyalty_enabled: number % 2 === 0 ? 1 : false } as Customer
}

const FIRST_REFERENCE = 1001

/** Six sales per day. Every seventh is anonymous, and every ninth is returned on the next day. */
function ordersOf(
  count: number,
  from: string,
  menu: readonly Row[],
  people: readonly Customer[],
  random: () => number,
): FoodicsOrder[] {
  const orders: FoodicsOrder[] = []
  const first = Date.parse(`${from}T09:00:00Z`)
  for (let index = 0; index < count; index++) {
    const at = first + Math.floor(index / 6) * DAY_MS + (index % 6) * 3_600_000
    const person = people[Math.floor(random() * people.length)]
    const buyer = index % 7 === 6 || !person ? null : person
    const lines = [lineOf(menu, random)]
    const sale = orderAt(at, { reference: FIRST_REFERENCE + orders.length, lines }, buyer)
    orders.push(sale)
    if (index % 9 !== 8) continue
    const returns = { id: sale.id, reference: sale.reference }
    orders.push(orderAt(at + DAY_MS, { reference: FIRST_REFERENCE + orders.length, status: 5, lines, returns }, buyer))
  }
  return orders
}

function lineOf(menu: readonly Row[], random: () => number): LineSpec {
  const product = menu[Math.floor(random() * menu.length)]
  if (!product) return {}
  return {
    product: product.id,
    category: String((product.category as Row).id),
    name: String(product.name),
    price: Number(product.price) || 10,
    quantity: 1 + Math.floor(random() * 3),
  }
}

export function orderAt(at: number, spec: OrderSpec, buyer: Customer | null): FoodicsOrder {
  const customer = buyer && {
    number: 1,
    name: buyer.name,
    dial_code: buyer.dial_code,
    phone: buyer.phone,
    email: null,
    gender: 1,
  }
  const { order } = foodicsBody({
    ...spec,
    customer,
    openedAt: timeOf(at - 600_000),
    closedAt: timeOf(at),
    updatedAt: timeOf(at + 60_000),
    businessDate: timeOf(at).slice(0, 10),
  })
  return { ...order, ...(order.customer && buyer && { customer: { ...order.customer, id: buyer.id } }) }
}

/** An instant in the format of Foodics: UTC without a zone. */
export function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
