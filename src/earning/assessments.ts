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
import type { BusinessPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import type { Decision } from './assess.ts'
import type { BatchState } from './context.ts'
import { asksForFirstOrder, type CountedSale, edgeSales } from './customer-facts.ts'

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
  /** Whether it is the customer's earliest sale that counts; false where no rule asks. */
  firstOrder: boolean
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
  const asking = cases.filter(({ programs }) => asksForFirstOrder(programs))
  const edges = await edgeSales(tx, asking.flatMap(customersOf))
  const cascade: { cause: Assessment; id: Uuid }[] = []
  for (const one of asking) {
    for (const { id: customerId } of customersOf(one)) {
      const { was, first } = edgesOf(customerId, edges, cases)
      if (one.customer?.id === customerId) one.firstOrder = first === one.family.id
      const others =
        was === first ? [] : [was, first].filter((id) => id !== null && !cases.some((c) => c.family.id === id))
      cascade.push(...others.map((id) => ({ cause: one, id: must(id, 'a sale') })))
    }
  }
  if (cascade.length === 0) return cases
  const standing = [...new Map(cascade.map((one) => [one.id, one])).values()]
  const keys = standing.map(({ cause, id }) => ({ businessId: cause.businessId, id }))
  for (const row of await loadFamilies(tx, keys, state)) if (!rows.has(row.id)) rows.set(row.id, row)
  const others: Assessment[] = []
  for (const { cause, id } of standing) {
    const row = must(rows.get(id), 'the sale whose standing changed')
    const customers = new Map([...ground.customers].filter(([, customer]) => customer.id === row.customerId))
    // It may name them by a number that no delivery of this wave names.
    const [standing] = customers.values()
    const phone = row.order.customer?.phone
    if (standing && phone !== undefined) customers.set(customerKey(row.businessId, phone), standing)
    const more = openCase({ ...ground, state, customers, old: rows }, cause.cause, cause.businessId, id)
    more.firstOrder = edgesOf(must(row.customerId, 'the customer'), edges, cases).first === id
    others.push({ ...more, isOther: true })
  }
  // The others first: the sales that the deliveries speak of find the room that those leave, as if
  // they had come once.
  return [...others, ...cases]
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
    firstOrder: false,
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

/**
 * The customer's first sale that stands and costs something, before and now: as the database has
 * them, with what this wave made of its own sales.
 */
function edgesOf(customerId: Uuid, edges: readonly CountedSale[], cases: readonly Assessment[]) {
  const stored = edges.filter((sale) => sale.customerId === customerId)
  const judged = new Set(cases.map((one) => one.family.id))
  const now = [
    ...stored.filter((sale) => !judged.has(sale.id)),
    ...cases.flatMap(({ family, customer }) => {
      const { id, sale } = family
      return customer?.id === customerId && counts(sale) && !isReturned(family) && !isFree(family)
        ? [{ id, occurredAt: sale.occurredAt }]
        : []
    }),
  ]
  return { was: earliest(stored), first: earliest(now) }
}

type Edge = Pick<CountedSale, 'id' | 'occurredAt'>

function earliest(sales: readonly Edge[]): Uuid | null {
  const [first] = [...sales].sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1))
  return first?.id ?? null
}
