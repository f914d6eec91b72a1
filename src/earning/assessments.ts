// Loads the sales that a round assesses: those of its families, and those of the same customers
// whose facts change with them.
import type { KnownBranch } from '../businesses/known-branches.ts'
import { customerKey, customerNamed, type KnownCustomer } from '../customers/enrol.ts'
import type { Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Movement } from '../ledger/transfers.ts'
import { familyOf } from '../orders/apply-snapshot.ts'
import type { OrderCeiling } from '../orders/ceiling.ts'
import { counts, type Family, isFree, isReturned } from '../orders/family.ts'
import { loadFamilies, type OrderRow, withRows } from '../orders/store.ts'
import { type CountedSale, earliestFirst, type FactValues, type SaleAt, type StandingFact } from '../programs/fact.ts'
import { standingFacts } from '../programs/facts-asked.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import type { Decision } from './assess.ts'
import type { EarningContext } from './context.ts'
import { loadPinnedFacts } from './known-facts.ts'

/** One sale to assess, and the facts about it. */
export interface SaleToAssess {
  /** The delivery whose answer lists its movements. */
  cause: Uuid
  /**
   * Whether the delivery does not name it: only a fact changed, e.g. that it is the first order.
   */
  isOther: boolean
  businessId: Uuid
  programs: BusinessPrograms
  family: Family
  /** Whether no order was known under this id before. */
  isNew: boolean
  /** The sale as it was last assessed; null when it is new. */
  before: OrderRow | null
  customer: KnownCustomer | null
  branch: KnownBranch | null
  /** What staff decided on it, including with this delivery. */
  ceiling: OrderCeiling | null
  /** The facts that the rules ask for beyond the order. */
  known: FactValues
}

/** A sale with what was decided and posted for it. */
export interface Assessment extends SaleToAssess {
  decision: Decision
  movements: readonly Movement<Why>[]
  /** Of the customer, when all sales of the round are posted. */
  balances: readonly { programId: Uuid; available: number; pending: number }[]
}

/** The families that a delivery, or a merge of customers, affects. */
export interface AffectedFamilies {
  cause: Uuid
  businessId: Uuid
  families: readonly Uuid[]
}

/** The orders around the sales to assess. */
export interface OrderFacts {
  /** Rows as they were before the round. */
  old: ReadonlyMap<Uuid, OrderRow>
  /** Rows as they are now. */
  rows: ReadonlyMap<Uuid, OrderRow>
  customers: ReadonlyMap<string, KnownCustomer>
}

/** `rows`: those of the facts, with the rows of other sales that are assessed. */
export async function loadSalesToAssess(
  tx: Transaction,
  context: EarningContext,
  affected: readonly AffectedFamilies[],
  facts: OrderFacts,
): Promise<{ sales: SaleToAssess[]; rows: ReadonlyMap<Uuid, OrderRow> }> {
  const named = affected.flatMap(({ cause, businessId, families }) =>
    families.map((id) => saleToAssess(context, facts, { cause, businessId, id })),
  )
  const standing = await loadStanding(tx, named)
  const own = named.map((sale) => ({ ...sale, known: standingFactsOf(sale, standing) }))
  const others = otherSalesChanged(standing, named)
  if (others.length === 0) return { sales: await withPinned(tx, own), rows: facts.rows }
  const keys = others.map(({ sale, id }) => ({ businessId: sale.businessId, id }))
  const loaded = await loadFamilies(tx, keys, context.snapshots)
  const rows = withRows(
    facts.rows,
    loaded.filter(({ id }) => !facts.rows.has(id)),
  )
  const cascade = others.map(({ sale, id }): SaleToAssess => {
    const row = must(rows.get(id), 'the sale whose facts changed')
    const around = { old: rows, rows, customers: customersBehind(row, facts.customers) }
    const other = saleToAssess(context, around, { cause: sale.cause, businessId: sale.businessId, id })
    const customerId = must(row.customerId, 'the customer')
    const known = standing.map((one) => [one.fact.name, one.fact.valueOf(id, salesIn(one, customerId).now)] as const)
    return { ...other, known: Object.fromEntries(known), isOther: true }
  })
  // The others first: the sales that the deliveries name find the room that those leave, as if they
  // had arrived once.
  return { sales: await withPinned(tx, [...cascade, ...own]), rows }
}

function saleToAssess(
  { programs, branchOf }: EarningContext,
  { old, rows, customers }: OrderFacts,
  { cause, businessId, id }: { cause: Uuid; businessId: Uuid; id: Uuid },
): SaleToAssess {
  const family = familyOf(id, rows)
  const before = old.get(id)
  const row = rows.get(id)
  return {
    cause,
    isOther: false,
    businessId,
    programs: must(programs.get(businessId), 'the business'),
    family,
    isNew: !before,
    before: before?.kind === 'sale' ? before : null,
    customer: customerOf(family, businessId, customers),
    branch: (row?.branchId && branchOf(businessId, row.branchId)) || null,
    ceiling: row?.ceiling ?? null,
    known: {},
  }
}

function customerOf(
  { sale }: Family,
  businessId: Uuid,
  customers: ReadonlyMap<string, KnownCustomer>,
): KnownCustomer | null {
  const phone = sale?.order.customer?.phone
  if (!sale || phone === undefined) return null
  return customerNamed(customers, { businessId, phone, occurredAt: sale.occurredAt }) ?? null
}

/** The customer of another sale, also under a number that no delivery of the round names. */
function customersBehind(
  { businessId, customerId, order }: OrderRow,
  customers: ReadonlyMap<string, KnownCustomer>,
): ReadonlyMap<string, KnownCustomer> {
  const own = new Map([...customers].filter(([, customer]) => customer.id === customerId))
  const [customer] = own.values()
  const phone = order.customer?.phone
  if (customer && phone !== undefined) own.set(customerKey(businessId, phone), customer)
  return own
}

/** The customer to whom the sale was credited, and the one to whom it is credited now. */
function customersOf({ businessId, before, customer }: SaleToAssess): { businessId: Uuid; id: Uuid }[] {
  const ids = new Set([before?.customerId, customer?.id].filter((id) => id != null))
  return [...ids].map((id) => ({ businessId, id }))
}

interface Standing {
  fact: StandingFact
  /** The sales whose programs ask for it. */
  asking: readonly SaleToAssess[]
  /** By customer, those that decide the value. */
  sales: ReadonlyMap<Uuid, CustomerSales>
}

/** The customer's sales that stand and cost something, earliest first. */
interface CustomerSales {
  /** As the database has them. */
  was: readonly SaleAt[]
  /** With what this round made of its own sales. */
  now: readonly SaleAt[]
}

/** The standing facts that any of these sales asks for: one statement each. */
function loadStanding(tx: Transaction, named: readonly SaleToAssess[]): Promise<Standing[]> {
  const asked = new Map<StandingFact, SaleToAssess[]>()
  for (const one of named)
    for (const fact of standingFacts(one.programs)) asked.set(fact, [...(asked.get(fact) ?? []), one])
  return Promise.all(
    [...asked].map(async ([fact, asking]): Promise<Standing> => {
      const customers = asking.flatMap(customersOf)
      const stored = await fact.load(tx, customers)
      return { fact, asking, sales: new Map(customers.map(({ id }) => [id, salesOf(id, stored, named)])) }
    }),
  )
}

function salesIn({ sales }: Standing, customerId: Uuid): CustomerSales {
  return must(sales.get(customerId), 'the sales of a customer')
}

function salesOf(customerId: Uuid, stored: readonly CountedSale[], named: readonly SaleToAssess[]): CustomerSales {
  const was = stored.filter((sale) => sale.customerId === customerId).sort(earliestFirst)
  const assessed = new Set(named.map((one) => one.family.id))
  const now: SaleAt[] = [
    ...was.filter((sale) => !assessed.has(sale.id)),
    ...named.flatMap(({ family, customer }) => {
      const { id, sale } = family
      return customer?.id === customerId && counts(sale) && !isReturned(family) && !isFree(family)
        ? [{ id, occurredAt: sale.occurredAt }]
        : []
    }),
  ]
  return { was, now: now.sort(earliestFirst) }
}

function standingFactsOf(sale: SaleToAssess, standing: readonly Standing[]): FactValues {
  const { customer, family } = sale
  if (!customer) return {}
  const asked = standing.filter(({ asking }) => asking.includes(sale))
  return Object.fromEntries(
    asked.map((one) => [one.fact.name, one.fact.valueOf(family.id, salesIn(one, customer.id).now)]),
  )
}

/** Sales that no delivery of the round names and whose facts change, each with the last cause. */
function otherSalesChanged(
  standing: readonly Standing[],
  named: readonly SaleToAssess[],
): { sale: SaleToAssess; id: Uuid }[] {
  const isNamed = new Set(named.map(({ family }) => family.id))
  const changed = standing.flatMap((one) =>
    one.asking.flatMap((sale) =>
      customersOf(sale).flatMap((customer) => {
        const { was, now } = salesIn(one, customer.id)
        return one.fact.changed(was, now).flatMap((id) => (isNamed.has(id) ? [] : [{ sale, id }]))
      }),
    ),
  )
  return [...new Map(changed.map((one) => [one.id, one])).values()]
}

async function withPinned(tx: Transaction, sales: readonly SaleToAssess[]): Promise<SaleToAssess[]> {
  const pinned = await loadPinnedFacts(tx, sales)
  return sales.map((sale) => ({ ...sale, known: { ...sale.known, ...pinned.get(sale.family.id) } }))
}
