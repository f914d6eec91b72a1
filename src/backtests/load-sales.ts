// Loads the stored sales of a back-test: their ids in the sequence of arrival, and pages of them
// with what the simulation needs.
import type { Queryable, Statement } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import { loadStandingFacts } from '../earning/known-facts.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import { type Uuid, uuidOfBytes } from '../kernel/ids.ts'
import { counts } from '../orders/family.ts'
import type { SnapshotSource } from '../orders/snapshots.ts'
import { loadFamilies, type OrderRow } from '../orders/store.ts'
import type { FactValue, FactValues } from '../programs/fact.ts'
import { pinnedFacts } from '../programs/facts-asked.ts'
import { subscriptionId } from '../programs/plans/subscriptions.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import { underVersion } from '../programs/under-version.ts'
import type { BackTest } from './back-test.ts'
import type { StoredSale } from './simulation.ts'

/** The ids of a back-test's sales, 16 bytes each, in the sequence in which they first arrived. */
export interface SaleIds {
  readonly count: number
  page(from: number, size: number): Uuid[]
}

/** A back-test reads at most so many sales: their ids are in memory. */
export const MOST_ORDERS = 2_000_000

export async function loadSaleIds(q: Queryable, { businessId, from, to }: BackTest): Promise<SaleIds | 'too_many'> {
  const values = [
    businessId,
    instant(Date.parse(from) - DATE_SLACK_MS),
    instant(Date.parse(to) + DATE_SLACK_MS),
    from,
    to,
  ]
  const [counted] = await q.query<{ count: number }>(COUNT, values)
  if ((counted?.count ?? 0) > MOST_ORDERS) return 'too_many'
  const [row] = await q.query<{ ids: Buffer | null }>(IDS, values)
  const ids = row?.ids ?? Buffer.alloc(0)
  const count = ids.length / BYTES_OF_ID
  return {
    count,
    page: (start, size) =>
      Array.from({ length: Math.max(0, Math.min(size, count - start)) }, (_, index) => {
        const at = (start + index) * BYTES_OF_ID
        return uuidOfBytes(ids.subarray(at, at + BYTES_OF_ID))
      }),
  }
}

const BYTES_OF_ID = 16

/** The index is by time, and a business day is at most some days from the instants of its orders. */
const DATE_SLACK_MS = 7 * 24 * 3_600_000

const IN_PERIOD = `
from orders where business_id = $1 and kind = 'sale' and occurred_at >= $2::timestamptz and occurred_at < $3::timestamptz
  and business_date between $4::date and $5::date`

const COUNT: Statement = { name: 'back_test_count', text: `select count(*)::bigint as count ${IN_PERIOD}` }

const IDS: Statement = {
  name: 'back_test_ids',
  text: `select string_agg(uuid_send(id), ''::bytea order by created_at, occurred_at, id) as ids ${IN_PERIOD}`,
}

export interface SaleSource {
  programs: BusinessPrograms
  tested: PinnedVersion
  /** Zones of the branches, by id; null is that of the business. */
  timezones: ReadonlyMap<Uuid, string | null>
  snapshots: SnapshotSource
}

/**
 * In the sequence of `ids`. The transaction must see one state of the database, so that what a sale
 * was given belongs to the family that is assessed.
 */
export async function loadSales(q: Queryable, source: SaleSource, ids: readonly Uuid[]): Promise<StoredSale[]> {
  const { programs, tested, timezones, snapshots } = source
  const { businessId } = programs
  const loaded = await loadFamilies(
    q,
    ids.map((id) => ({ businessId, id })),
    snapshots,
  )
  const rows = new Map(loaded.map((row) => [row.id, row]))
  const returns = Map.groupBy(loaded, ({ originalId }) => originalId)
  // One that was deleted meanwhile is no sale any more.
  const sales = ids.flatMap((id) => rows.get(id) ?? []).filter(({ kind }) => kind === 'sale')
  const [actual, standing, pinned, customers] = await Promise.all([
    loadGiven(q, tested, sales),
    loadStandingFacts(q, underVersion(programs, tested), sales),
    loadPinned(q, tested, sales),
    loadUnassessed(q, sales),
  ])
  return sales.map((row) => ({
    row,
    family: { id: row.id, sale: row, returns: returns.get(row.id) ?? [] },
    actual: actual.get(row.id) ?? 0,
    known: { ...standing.get(row.id), ...pinned.get(row.id) },
    branchTimezone: (row.branchId && timezones.get(row.branchId)) || null,
    customer: (row.customerId && customers.get(row.customerId)) || null,
  }))
}

/** What the program really gave for these sales: units, of a subscription plans. */
async function loadGiven(q: Queryable, tested: PinnedVersion, sales: readonly OrderRow[]): Promise<Map<Uuid, number>> {
  const { programId, type } = tested
  const credited = sales.flatMap(({ businessId, id, customerId }) =>
    customerId === null ? [] : [{ businessId, id, customerId }],
  )
  const [first] = credited
  if (!first) return new Map()
  const isPlan = type === 'subscription'
  const keys = credited.map((sale) => ({
    ...sale,
    lot: isPlan ? subscriptionId(sale.id, programId, sale.customerId) : sale.id,
  }))
  const given = await q.query<{ id: Uuid; units: number }>(isPlan ? PLANS : LOTS, [
    first.businessId,
    plainArray(keys.map(({ customerId }) => customerId)),
    plainArray(keys.map(({ lot }) => lot)),
    programId,
  ])
  const units = new Map(given.map((row) => [row.id, row.units]))
  return new Map(keys.map(({ id, lot }) => [id, units.get(lot) ?? 0]))
}

const LOTS: Statement = {
  name: 'back_test_lots',
  text: `
select l.id, l.granted as units
from unnest($2::uuid[], $3::uuid[]) as k (customer_id, id)
join lots l on l.business_id = $1 and l.customer_id = k.customer_id and l.program_id = $4 and l.id = k.id`,
}

const PLANS: Statement = {
  name: 'back_test_plans',
  text: `
select s.id, s.quantity::bigint as units
from unnest($2::uuid[], $3::uuid[]) as k (customer_id, id)
join subscriptions s on s.business_id = $1 and s.id = k.id and s.customer_id = k.customer_id and s.program_id = $4`,
}

/** The pinned facts that the tested definition asks for and that the sales do not have yet. */
async function loadPinned(
  q: Queryable,
  tested: PinnedVersion,
  sales: readonly OrderRow[],
): Promise<Map<Uuid, FactValues>> {
  const known = new Map<Uuid, Record<string, FactValue>>()
  for (const fact of pinnedFacts([tested])) {
    const subjects = sales.flatMap((row) => {
      if (row.customerId === null || !counts(row) || row.facts?.known?.[fact.name] !== undefined) return []
      const { businessId, id: saleId, customerId, occurredAt, businessDate } = row
      return [{ businessId, customerId, saleId, occurredAt, businessDate }]
    })
    const values = await fact.load(q, subjects)
    subjects.forEach(({ saleId }, index) => {
      known.set(saleId, { ...known.get(saleId), [fact.name]: values[index] ?? fact.whenUnknown })
    })
  }
  return known
}

type Customers = Map<Uuid, NonNullable<StoredSale['customer']>>

/** Of sales that no terms assessed: nothing was stored with them. */
async function loadUnassessed(q: Queryable, sales: readonly OrderRow[]): Promise<Customers> {
  const unassessed = sales.filter(({ terms, facts, customerId }) => customerId !== null && (terms === null || !facts))
  const [first] = unassessed
  if (!first) return new Map()
  const rows = await q.query<{ id: Uuid; enteredBirthDate: IsoDate | null; blacklistedAt: EpochMs | null }>(CUSTOMERS, [
    first.businessId,
    plainArray([...new Set(unassessed.map(({ customerId }) => must(customerId, 'the customer')))]),
  ])
  return new Map(rows.map(({ id, ...customer }) => [id, customer]))
}

const CUSTOMERS: Statement = {
  name: 'back_test_customers',
  text: `
select id, entered #>> '{birth_date,value}' as "enteredBirthDate", blacklisted_at as "blacklistedAt"
from customers where business_id = $1 and id = any ($2::uuid[])`,
}

/**
 * What these customers were given in the program on the days from `from` up to but not at `until`:
 * their weeks and months may have begun before the back-test.
 */
export function loadEarlier(
  q: Queryable,
  { businessId, programId }: { businessId: Uuid; programId: Uuid },
  { from, until }: { from: IsoDate; until: IsoDate },
  customerIds: readonly Uuid[],
): Promise<{ customerId: Uuid; date: IsoDate; units: number }[]> {
  return q.query(EARLIER, [businessId, programId, plainArray(customerIds), from, until])
}

const EARLIER: Statement = {
  name: 'back_test_earlier',
  text: `
select l.customer_id as "customerId", l.business_date as date, sum(l.granted)::bigint as units
from lots l join orders o on o.business_id = l.business_id and o.id = l.id
where l.business_id = $1 and l.program_id = $2 and l.customer_id = any ($3::uuid[])
  and l.business_date >= $4::date and l.business_date < $5::date and l.granted > 0
group by 1, 2`,
}

/**
 * What the budget of the program had let out before the first day: all that it counts, less what
 * it counts for the sales of the back-test. `terms`: the numbers of the terms under which the
 * program had a budget.
 */
export async function loadBudgetBefore(
  q: Queryable,
  { businessId, programId, from, to }: Pick<BackTest, 'businessId' | 'programId' | 'from' | 'to'>,
  terms: readonly number[],
): Promise<number> {
  const [row] = await q.query<{ units: number }>(BUDGET_BEFORE, [
    businessId,
    programId,
    instant(Date.parse(from) - DATE_SLACK_MS),
    instant(Date.parse(to) + DATE_SLACK_MS),
    from,
    to,
    terms,
  ])
  return Math.max(0, row?.units ?? 0)
}

const BUDGET_BEFORE: Statement = {
  name: 'back_test_budget',
  text: `
select (coalesce((select used from program_budgets where business_id = $1 and program_id = $2), 0)
  - coalesce((
    select sum(l.granted)
    from orders o join lots l on l.business_id = o.business_id and l.customer_id = o.customer_id and l.program_id = $2 and l.id = o.id
    where o.business_id = $1 and o.kind = 'sale' and o.occurred_at >= $3::timestamptz and o.occurred_at < $4::timestamptz
      and o.business_date between $5::date and $6::date and o.terms = any ($7::int[])), 0))::bigint as units`,
}
