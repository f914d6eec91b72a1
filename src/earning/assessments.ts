// The sales that a wave must judge: those of its families, and those of the same customers whose
// standing changes with them.

import type { KnownBranch } from '../businesses/known-branches.ts'
import { customerKey, customerNamed, type KnownCustomer } from '../customers/enrol.ts'
import type { Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Movement } from '../ledger/transfers.ts'
import { type Change, familyOf } from '../orders/apply-snapshot.ts'
import type { OrderCeiling } from '../orders/ceiling.ts'
import { counts, type Family, isFree, isReturned } from '../orders/family.ts'
import { loadFamilies, type OrderRow } from '../orders/store.ts'
import { type CountedSale, earliestFirst, type FactValues, type SaleAt, type StandingFact } from '../programs/fact.ts'
import { standingFacts } from '../programs/facts-asked.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import type { Decision } from './assess.ts'
import type { BatchState } from './context.ts'
import { loadPinnedFacts } from './known-facts.ts'

/** One sale to be judged again, and what comes of it. */
export interface Assessment {
  /** The delivery whose answer tells of it. */
  cause: Uuid
  /**
   * Whether the delivery does not speak of it: with that it only becomes, or ceases to be, its
   * customer's first sale.
   */
  isOther: boolean
  businessId: Uuid
  programs: BusinessPrograms
  family: Family
  /** Whether nothing was known of the sale under this id before. */
  isNew: boolean
  /** The sale as it was judged last; null when it is new. */
  before: OrderRow | null
  customer: KnownCustomer | null
  branch: KnownBranch | null
  /** What staff decided on it, now. */
  ceiling: OrderCeiling | null
  /** The facts that the rules ask for beyond the order. */
  known: FactValues
  judgement: Decision | null
  movements: Movement<Why>[]
  balances: { programId: Uuid; available: number; pending: number }[]
}

/** What made it necessary to judge some families. */
type Touching = Pick<Change, 'families'> & {
  delivery: Pick<Change['delivery'], 'id'>
  after: Pick<OrderRow, 'businessId'>
}

interface Ground {
  state: BatchState
  changes: readonly Touching[]
  /** Rows as they were before the wave, and as they are now. */
  old: ReadonlyMap<Uuid, OrderRow>
  rows: Map<Uuid, OrderRow>
  customers: ReadonlyMap<string, KnownCustomer>
}

export async function openAssessments(tx: Transaction, ground: Ground): Promise<Assessment[]> {
  const { state, changes, rows } = ground
  const cases = changes.flatMap((change) =>
    change.families.map((id) => openCase(ground, change.delivery.id, change.after.businessId, id)),
  )
  const standing = await loadStanding(tx, cases)
  const cascade = standing.flatMap((one) => applyStanding(one, cases))
  if (cascade.length === 0) return withPinned(tx, cases)
  const affected = [...new Map(cascade.map((one) => [one.id, one])).values()]
  const keys = affected.map(({ cause, id }) => ({ businessId: cause.businessId, id }))
  for (const row of await loadFamilies(tx, keys, state)) if (!rows.has(row.id)) rows.set(row.id, row)
  const others: Assessment[] = []
  for (const { cause, id } of affected) {
    const row = must(rows.get(id), 'the sale whose standing changed')
    const customers = new Map([...ground.customers].filter(([, customer]) => customer.id === row.customerId))
    // It may name them by a number that no delivery of this wave names.
    const [named] = customers.values()
    const phone = row.order.customer?.phone
    if (named && phone !== undefined) customers.set(customerKey(row.businessId, phone), named)
    const more = openCase({ ...ground, state, customers, old: rows }, cause.cause, cause.businessId, id)
    const customerId = must(row.customerId, 'the customer')
    for (const { fact, sales } of standing) {
      const { now } = salesOf(customerId, sales, cases)
      more.known = { ...more.known, [fact.name]: fact.valueOf(id, now) }
    }
    others.push({ ...more, isOther: true })
  }
  // The others first: the sales that the deliveries speak of find the room that those leave, as if
  // they had come once.
  return withPinned(tx, [...others, ...cases])
}

function openCase({ state, old, rows, customers }: Ground, cause: Uuid, businessId: Uuid, familyId: Uuid): Assessment {
  const family = familyOf(familyId, rows)
  const before = old.get(familyId)
  const branch = rows.get(familyId)?.branchId
  return {
    cause,
    isOther: false,
    businessId,
    programs: must(state.books.get(businessId), 'the business'),
    family,
    isNew: !before,
    before: before?.kind === 'sale' ? before : null,
    customer: customerOf(family, businessId, customers),
    branch: (branch && (state.fresh.get(branch) ?? state.branches.get(businessId)?.branches.get(branch))) || null,
    ceiling: rows.get(familyId)?.ceiling ?? null,
    known: {},
    judgement: null,
    movements: [],
    balances: [],
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

/** Whom the sale was credited to, and whom it is to be credited to now. */
function customersOf({ businessId, before, customer }: Assessment): { businessId: Uuid; id: Uuid }[] {
  const ids = new Set([before?.customerId, customer?.id].filter((id) => id != null))
  return [...ids].map((id) => ({ businessId, id }))
}

interface Standing {
  fact: StandingFact
  /** The assessments whose programs ask for it. */
  asking: Assessment[]
  sales: CountedSale[]
}

/** The standing facts that any of these sales asks for: one statement each. */
function loadStanding(tx: Transaction, cases: readonly Assessment[]): Promise<Standing[]> {
  const asking = new Map<StandingFact, Assessment[]>()
  for (const one of cases)
    for (const fact of standingFacts(one.programs)) asking.set(fact, [...(asking.get(fact) ?? []), one])
  return Promise.all(
    [...asking].map(async ([fact, ones]) => ({
      fact,
      asking: ones,
      sales: await fact.load(tx, ones.flatMap(customersOf)),
    })),
  )
}

/** Sets the fact of these sales, and returns the other sales whose value changes with them. */
function applyStanding({ fact, asking, sales }: Standing, cases: readonly Assessment[]) {
  return asking.flatMap((one) =>
    customersOf(one).flatMap(({ id: customerId }) => {
      const { was, now } = salesOf(customerId, sales, cases)
      if (one.customer?.id === customerId) one.known = { ...one.known, [fact.name]: fact.valueOf(one.family.id, now) }
      const others = fact.changed(was, now).filter((id) => !cases.some(({ family }) => family.id === id))
      return others.map((id) => ({ cause: one, id }))
    }),
  )
}

async function withPinned(tx: Transaction, cases: Assessment[]): Promise<Assessment[]> {
  const pinned = await loadPinnedFacts(tx, cases)
  for (const one of cases) one.known = { ...one.known, ...pinned.get(one.family.id) }
  return cases
}

/**
 * The customer's sales that stand and cost something, earliest first: as the database has them, and
 * with what this round made of its own sales.
 */
function salesOf(customerId: Uuid, sales: readonly CountedSale[], cases: readonly Assessment[]) {
  const was = sales.filter((sale) => sale.customerId === customerId).sort(earliestFirst)
  const assessed = new Set(cases.map((one) => one.family.id))
  const now: SaleAt[] = [
    ...was.filter((sale) => !assessed.has(sale.id)),
    ...cases.flatMap(({ family, customer }) => {
      const { id, sale } = family
      return customer?.id === customerId && counts(sale) && !isReturned(family) && !isFree(family)
        ? [{ id, occurredAt: sale.occurredAt }]
        : []
    }),
  ]
  return { was, now: now.sort(earliestFirst) }
}
