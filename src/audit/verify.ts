// Verifies the ledger against the orders: assesses every stored sale again and compares the units
// that it is entitled to with those that are posted.

import { createDictionaryCache } from '../archive/dictionaries.ts'
import type { Database, Queryable, Statement } from '../db/database.ts'
import { assess } from '../earning/assess.ts'
import { budgetOf } from '../earning/customer-facts.ts'
import { loadStandingFacts } from '../earning/known-facts.ts'
import { must } from '../kernel/assert.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import { customerRanges, type Difference, verifyLedger } from '../ledger/verify.ts'
import { familyOf } from '../orders/apply-snapshot.ts'
import { isErased } from '../orders/erased.ts'
import { isFree } from '../orders/family.ts'
import { statusOf } from '../orders/order-clock.ts'
import type { SnapshotSource } from '../orders/snapshots.ts'
import { loadFamilies, type OrderRow } from '../orders/store.ts'
import type { FactValues } from '../programs/fact.ts'
import { type BusinessPrograms, createProgramCache, loadPrograms } from '../programs/store.ts'
import { verifyReports } from '../reports/verify.ts'
import { verifyClaims } from './verify-claims.ts'
import { verifyErasedSale, verifyErasures } from './verify-erasures.ts'
import { verifyHolders, verifyLinks } from './verify-joins.ts'
import { type Bought, verifyBought, verifyPlans } from './verify-plans.ts'
import { difference, postedUnits } from './verify-posted.ts'
import { verifySliding } from './verify-sliding.ts'

/**
 * Verifies one business in one database snapshot. Changes that are committed during the verification
 * are not visible to it.
 */
export function proveBusiness(db: Database, businessId: Uuid): Promise<Difference[]> {
  return db.transaction(async (tx) => {
    // The transaction holds no locks, so it may be idle for any time between queries.
    await tx.query(
      'set transaction isolation level repeatable read, read only; set local idle_in_transaction_session_timeout = 0',
    )
    return Array.fromAsync(verifyBusiness(tx, businessId))
  })
}

/**
 * Every difference of one business. Reads in pages and takes no locks.
 */
export async function* verifyBusiness(q: Queryable, businessId: Uuid): AsyncGenerator<Difference> {
  yield* verifyLedger(q, businessId)
  const programs = await programsOf(q, businessId)
  const source = { dictionaries: createDictionaryCache() }
  let after: Uuid | null = null
  for (;;) {
    const page: { id: Uuid }[] = await q.query<{ id: Uuid }>(SALES, [businessId, after, PAGE])
    yield* verifySales(
      q,
      programs,
      page.map((row) => row.id),
      source,
    )
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) break
  }
  yield* verifySliding(q, programs)
  yield* verifyPlans(q, programs)
  yield* verifyLotDays(q, businessId)
  yield* verifyBudgets(q, programs)
  yield* verifyCredits(q, businessId)
  yield* verifyHolders(q, businessId)
  yield* await verifyClaims(q, businessId)
  yield* verifyReports(q, businessId)
  yield* await verifyErasures(q, businessId)
}

const PAGE = 500

const SALES: Statement = {
  name: 'verify_sales',
  text: `
select id from orders where business_id = $1 and kind = 'sale' and ($2::uuid is null or id > $2) order by id limit $3`,
}

async function programsOf(q: Queryable, businessId: Uuid): Promise<BusinessPrograms> {
  const books = await q.query<{ businessId: Uuid; configVersion: number }>(
    'select business_id as "businessId", config_version as "configVersion" from business_locks where business_id = $1',
    [businessId],
  )
  return must((await loadPrograms(q, books, createProgramCache())).get(businessId), `business ${businessId}`)
}

async function* verifySales(
  q: Queryable,
  programs: BusinessPrograms,
  ids: readonly Uuid[],
  source: SnapshotSource,
): AsyncGenerator<Difference> {
  const { businessId } = programs
  const rows = new Map(
    (
      await loadFamilies(
        q,
        ids.map((id) => ({ businessId, id })),
        source,
      )
    ).map((row) => [row.id, row]),
  )
  const credited = [...rows.values()].flatMap((row) => [row.customerId, ...(row.formerCustomers ?? [])])
  const posted = await postedUnits(q, businessId, ids, credited)
  const known = await loadStandingFacts(q, programs, [...rows.values()])
  yield* verifyLinks(
    q,
    businessId,
    ids.map((id) => must(rows.get(id), 'a sale')),
  )
  const bought: Bought[] = []
  for (const id of ids) {
    const row = must(rows.get(id), 'a sale')
    if (statusOf(row.order, row.clock) !== row.status) yield { what: 'order.status', id, stored: 0, derived: 1 }
    if (isErased(row)) {
      yield* verifyErasedSale(
        row,
        posted.filter(({ sourceId }) => sourceId === id),
      )
      continue
    }
    const entitled = entitledUnits(row, rows, programs, known)
    bought.push(...plansOf(row, entitled, programs))
    const earned = entitled.filter(({ isPlan }) => !isPlan)
    const expected = new Map(earned.map(({ customerId, programId, units }) => [`${customerId} ${programId}`, units]))
    const [wasFree, free] = [row.facts?.free ? 1 : 0, isFree(familyOf(id, rows)) ? 1 : 0]
    if (wasFree !== free) yield { what: 'whether the sale costs nothing', id, stored: wasFree, derived: free }
    yield* verifyWaiting(row, entitled)
    const found = posted.filter((row) => row.sourceId === id)
    for (const { customerId, programId, units } of found) {
      const key = `${customerId} ${programId}`
      const derived = expected.get(key) ?? 0
      expected.delete(key)
      if (units !== derived) yield difference(id, customerId, programId, units, derived)
    }
    for (const [key, derived] of expected) {
      const [customerId = '', programId = ''] = key.split(' ')
      if (derived !== 0) yield difference(id, customerId, programId, 0, derived)
    }
  }
  yield* verifyBought(q, businessId, bought)
}

/**
 * The number of plans that the sale bought for its customer, and 0 for each former customer.
 */
function plansOf(row: OrderRow, entitled: readonly Entitled[], programs: BusinessPrograms): Bought[] {
  const { id: saleId, occurredAt: boughtAt } = row
  const now = entitled
    .filter(({ isPlan }) => isPlan)
    .map(({ customerId, programId, units }) => ({ saleId, boughtAt, customerId, programId, quantity: units }))
  const former = (row.formerCustomers ?? []).filter((customerId) => customerId !== row.customerId)
  const plans = [...programs.programs.values()].filter(({ type }) => type === 'subscription')
  const returned = former.flatMap((customerId) =>
    plans.map((program) => ({ saleId, boughtAt, customerId, programId: program.id, quantity: 0 })),
  )
  return [...now, ...returned]
}

interface Entitled {
  customerId: Uuid
  programId: Uuid
  /** Whether the units are plans. */
  isPlan: boolean
  units: number
  /** Units above the ceiling that wait for staff. */
  waiting: number
}

/** The units that the sale is entitled to under its pinned terms and facts, per program. */
function entitledUnits(
  row: OrderRow,
  rows: ReadonlyMap<Uuid, OrderRow>,
  programs: BusinessPrograms,
  known: ReadonlyMap<Uuid, FactValues>,
): Entitled[] {
  const { customerId } = row
  if (row.terms === null || customerId === null) return []
  const decision = assess({
    family: familyOf(row.id, rows),
    programs,
    currency: row.currency,
    branch: row.branchId === null ? null : { id: row.branchId, timezone: null },
    customer: { id: customerId, enteredBirthDate: null, blacklistedAt: null },
    pinned: { terms: row.terms, facts: row.facts },
    ceiling: row.ceiling,
    isReleased: false,
    known: known.get(row.id) ?? {},
    roomFor: () => null,
    carryFor: () => ({ num: 0n, den: 1n }),
  })
  return decision.entitlements.map(({ version, units }) => {
    const { programId, type } = version
    const waiting = decision.facts?.waiting?.[programId]?.units ?? 0
    return { customerId, programId, isPlan: type === 'subscription', units, waiting }
  })
}

/** Verifies the units above the ceilings, and that the order is flagged exactly if there are any. */
function* verifyWaiting({ id, facts, flags }: OrderRow, entitled: readonly Entitled[]): Generator<Difference> {
  const sumOf = (units: readonly number[]) => units.reduce((sum, one) => sum + one, 0)
  const stored = sumOf(Object.values(facts?.waiting ?? {}).map(({ units }) => units))
  const derived = sumOf(entitled.map(({ waiting }) => waiting))
  if (stored !== derived) yield { what: 'units that wait above the ceiling', id, stored, derived }
  const [flagged, due] = [flags?.includes('above_ceiling') ? 1 : 0, derived > 0 ? 1 : 0]
  if (flagged !== due) yield { what: 'order.flags above_ceiling', id, stored: flagged, derived: due }
}

/**
 * Finds transfers of orders and subscriptions for customers whom they do not name: the order or
 * subscription does not show them.
 */
async function* verifyCredits(q: Queryable, businessId: Uuid): AsyncGenerator<Difference> {
  for await (const { after, upTo } of customerRanges(q, businessId, 1000)) {
    for (const { id, customerId, transfers } of await q.query<Stray>(STRAY, [businessId, after, upTo])) {
      yield {
        what: `transfers of ${formatId('customer', customerId)}, who is not named`,
        id,
        stored: transfers,
        derived: 0,
      }
    }
  }
}

interface Stray {
  id: Uuid
  customerId: Uuid
  transfers: number
}

const STRAY: Statement = {
  name: 'verify_stray_transfers',
  text: `
select t.source_id as id, t.customer_id as "customerId", count(*)::int as transfers
from transfers t
left join orders o on o.business_id = t.business_id and o.id = t.source_id
left join subscriptions s on s.business_id = t.business_id and s.id = t.source_id
left join merged_customers m on m.business_id = t.business_id and m.id = t.customer_id
where t.business_id = $1 and t.customer_id > $2 and t.customer_id <= $3
  and (o.id is not null and o.customer_id is distinct from t.customer_id and t.customer_id <> all (coalesce(o.former_customers, '{}'))
    or s.customer_id <> coalesce(m.into_id, t.customer_id))
group by 1, 2`,
}

/** Verifies that a lot has the business date of its order, even if that changed: caps count by it. */
async function* verifyLotDays(q: Queryable, businessId: Uuid): AsyncGenerator<Difference> {
  for await (const { after, upTo } of customerRanges(q, businessId, 1000)) {
    for (const { id, lotDay, orderDay } of await q.query<{ id: Uuid; lotDay: number; orderDay: number }>(LOT_DAYS, [
      businessId,
      after,
      upTo,
    ])) {
      yield { what: 'business date of the lot', id, stored: lotDay, derived: orderDay }
    }
  }
}

const LOT_DAYS: Statement = {
  name: 'verify_lot_days',
  text: `
select l.id, to_char(l.business_date, 'YYYYMMDD')::bigint as "lotDay", to_char(o.business_date, 'YYYYMMDD')::bigint as "orderDay"
from lots l
join orders o on o.business_id = l.business_id and o.id = l.id
where l.business_id = $1 and l.customer_id > $2 and l.customer_id <= $3 and l.granted > 0 and l.business_date <> o.business_date
  -- The order of an erased customer may still be corrected; their lots are closed.
  and (o.facts -> 'erased') is null`,
}

/** Verifies that a budget's used units equal those granted for sales under versions with a budget. */
async function* verifyBudgets(q: Queryable, programs: BusinessPrograms): AsyncGenerator<Difference> {
  const everBudgeted = programs.terms.some((terms) => terms.members.some((version) => budgetOf(version) !== null))
  if (!everBudgeted) return
  const [granted, stored] = await Promise.all([
    q.query<{ programId: Uuid; terms: number; units: number }>(GRANTED_BY_TERMS, [programs.businessId]),
    q.query<{ programId: Uuid; used: number }>(BUDGETS, [programs.businessId]),
  ])
  const derived = new Map<Uuid, number>()
  for (const { programId, terms, units } of granted) {
    const version = programs.termsNumber(terms)?.members.find((member) => member.programId === programId)
    if (version && budgetOf(version) !== null) derived.set(programId, (derived.get(programId) ?? 0) + units)
  }
  const used = new Map(stored.map((row) => [row.programId, row.used]))
  for (const id of new Set([...derived.keys(), ...used.keys()])) {
    const [was, is] = [used.get(id) ?? 0, derived.get(id) ?? 0]
    if (was !== is) yield { what: 'units used of the budget', id, stored: was, derived: is }
  }
}

const GRANTED_BY_TERMS: Statement = {
  name: 'verify_granted_by_terms',
  text: `
select l.program_id as "programId", o.terms, sum(l.granted)::bigint as units
from lots l
join orders o on o.business_id = l.business_id and o.id = l.id
where l.business_id = $1 and l.granted > 0 and o.terms is not null
group by 1, 2`,
}

const BUDGETS: Statement = {
  name: 'verify_budgets',
  text: 'select program_id as "programId", used from program_budgets where business_id = $1',
}
