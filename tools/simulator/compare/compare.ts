// Compares every balance in the business API with that of the model.
import type { Customer, LedgerEntry } from '../../../contract/api/customers.ts'
import type { OrderSummary } from '../../../contract/api/orders.ts'
import type { Expected, SaleShare } from '../model/model.ts'
import type { Api } from './api.ts'

/** One shop in LoyaPro. */
export interface Counterpart {
  shop: string
  api: Api
  /** Program ids by the scheme's key. */
  programs: ReadonlyMap<string, string>
  /** Whether it has no customers except those of the world. */
  isOurs: boolean
}

export interface Difference {
  shop: string
  phone: string
  /** Key of the scheme. */
  program: string
  what: 'available' | 'pending' | 'held' | 'debt' | 'budget' | 'unknown_customer'
  expected: number
  found: number
  /** The sales that differ, where they could be determined. */
  sales: readonly SaleDifference[]
}

export interface SaleDifference {
  /** The POS ids of the sale and its returns. */
  order: string
  returns: readonly string[]
  expected: number
  /** The sum of its movements in the ledger. */
  found: number
}

export interface Comparison {
  customers: number
  balances: number
  differences: readonly Difference[]
}

export async function compare(counterpart: Counterpart, expected: readonly Expected[]): Promise<Comparison> {
  const wanted = Map.groupBy(expected, ({ phone }) => phone)
  const differences: (Difference & { customerId?: string })[] = []
  const found = new Set<string>()
  const given = new Map<string, number>()
  for await (const customer of counterpart.api.all<Customer>('/customers')) {
    const own = wanted.get(customer.phone)
    if (own) found.add(customer.phone)
    for (const { scheme } of own?.filter(({ budget }) => budget !== null) ?? []) {
      given.set(scheme, (given.get(scheme) ?? 0) + balanceOf(counterpart, customer, scheme, 'available'))
    }
    if (own) differences.push(...differencesOf(counterpart, customer, own))
    else if (counterpart.isOurs) differences.push(unknownCustomer(counterpart, customer))
  }
  // Customers without a sale that counts may be unknown.
  for (const one of expected) {
    if (!found.has(one.phone) && one.available !== 0 && one.budget === null)
      differences.push(difference(one, 'available', 0))
  }
  differences.push(...overBudget(expected, given))
  const explained: Difference[] = []
  for (const { customerId, ...one } of differences) {
    const isWorthIt = customerId !== undefined && explained.length < MOST_EXPLAINED
    const sales = isWorthIt ? await salesThatDiffer(counterpart, customerId, one, expected) : []
    explained.push({ ...one, sales })
  }
  return { customers: wanted.size, balances: expected.length, differences: explained }
}

/** Each of these details needs some requests, and a few are enough. */
const MOST_EXPLAINED = 30

function differencesOf(counterpart: Counterpart, customer: Customer, expected: readonly Expected[]) {
  return expected.flatMap((one) => {
    return BALANCES.flatMap((what) => {
      const found = balanceOf(counterpart, customer, one.scheme, what)
      // With a budget, customers have at most what their sales earn.
      const fits =
        found === one[what] || (what === 'available' && one.budget !== null && found >= 0 && found < one[what])
      return fits ? [] : [{ ...difference(one, what, found), customerId: customer.id }]
    })
  })
}

function balanceOf({ programs }: Counterpart, { balances }: Customer, scheme: string, what: (typeof BALANCES)[number]) {
  return balances.find(({ program_id }) => program_id === programs.get(scheme))?.[what] ?? 0
}

/**
 * The sum of all customers in each program with a budget: what their sales earn, up to the budget.
 */
function overBudget(expected: readonly Expected[], given: ReadonlyMap<string, number>): Difference[] {
  return [...Map.groupBy(expected, ({ scheme }) => scheme)].flatMap(([program, all]) => {
    const { shop = '', budget = null } = all[0] ?? {}
    const worth = all.reduce((sum, { available }) => sum + available, 0)
    const found = given.get(program) ?? 0
    if (budget === null || found === Math.min(budget, worth)) return []
    const must = Math.min(budget, worth)
    return [{ shop, phone: 'all customers', program, what: 'budget', expected: must, found, sales: [] }]
  })
}

const BALANCES = ['available', 'pending', 'held', 'debt'] as const

function difference(one: Expected, what: (typeof BALANCES)[number], found: number): Difference {
  const { shop, phone, scheme } = one
  return { shop, phone, program: scheme, what, expected: one[what], found, sales: [] }
}

function unknownCustomer({ shop }: Counterpart, { phone }: Customer): Difference {
  return { shop, phone, program: '', what: 'unknown_customer', expected: 0, found: 1, sales: [] }
}

async function salesThatDiffer(
  { api, programs }: Counterpart,
  customerId: string,
  { phone, program }: Difference,
  expected: readonly Expected[],
) {
  const units = new Map<string, number>()
  for await (const { order_id, program_id, kind, units: moved } of api.all<LedgerEntry>(
    `/customers/${customerId}/ledger`,
  )) {
    if (order_id === null || program_id !== programs.get(program) || !FROM_SALES.has(kind)) continue
    units.set(order_id, (units.get(order_id) ?? 0) + moved)
  }
  const named = new Map<string, number>()
  for await (const { id, pos_order_id } of api.all<OrderSummary>(`/customers/${customerId}/orders`)) {
    const moved = units.get(id)
    if (moved !== undefined) named.set(pos_order_id, moved)
    units.delete(id)
  }
  // Movements of orders that no longer belong to the customer.
  for (const [id, moved] of units) named.set(id, moved)
  const shares = expected.find((one) => one.phone === phone && one.scheme === program)?.sales ?? []
  return differentSales(shares, named)
}

const FROM_SALES: ReadonlySet<string> = new Set(['earn', 'reverse', 'grant', 'restore', 'write_off'])

function differentSales(shares: readonly SaleShare[], found: ReadonlyMap<string, number>): SaleDifference[] {
  const known = shares.map(({ order, orders, units }) => ({
    order,
    returns: orders.filter((one) => one !== order),
    expected: units,
    found: found.get(order) ?? 0,
  }))
  const strange = [...found]
    .filter(([order]) => !shares.some((one) => one.order === order))
    .map(([order, units]) => ({ order, returns: [], expected: 0, found: units }))
  return [...known, ...strange].filter((sale) => sale.expected !== sale.found)
}
