// Proves the sums: derives them again from orders, claims, customers and transfers, and returns
// the differences.
import type { Queryable } from '../db/database.ts'
import { type RecordedEvent, readEvents } from '../events/readers.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Difference } from '../ledger/verify.ts'
import { branchesNamed, programsOf } from './build.ts'
import { claimContributions, customerContributions, orderContributions, unitSums } from './contributions.ts'
import { ordersConcerned, sumMovements } from './count.ts'
import { DERIVED } from './derived.ts'
import { type Concerned, concernedBy } from './pending.ts'
import { findReportState, type ReportState, reportReader } from './state.ts'
import { DAILY_UNITS } from './sums.ts'

/**
 * Every difference; none for a business without sums. Call it in a transaction that sees one
 * instant. What events that are not counted yet concern is left out; there is next to none, since
 * every reader counts before it reads.
 */
export async function* verifyReports(q: Queryable, businessId: Uuid): AsyncGenerator<Difference> {
  const state = await findReportState(q, businessId)
  if (!state?.isBuilt) return
  const pending = concernedBy(await uncounted(q, businessId))
  yield* verifyUnits(q, state, pending)
  yield* verifyCounted(q, state, pending)
  for (const { table, select } of DERIVED) {
    const key = Object.keys(table.keys)
    yield* await q.query<Difference>(compare(table.name, key, table.sums, table.name, select), [businessId])
  }
}

const ALL = 2 ** 31 - 1

async function uncounted(q: Queryable, businessId: Uuid): Promise<RecordedEvent[]> {
  return readEvents(q, reportReader(businessId), ALL)
}

/** Stored and uncounted movements together are all transfers. */
async function* verifyUnits(
  q: Queryable,
  { businessId, timezone }: ReportState,
  { movements }: Concerned,
): AsyncGenerator<Difference> {
  const { name, keys, sums } = DAILY_UNITS
  const names = [...Object.keys(keys), ...sums].join(', ')
  const derived = await q.query<Row>(
    `select ${names} from (${unitSums('transfers where business_id = $1')}) as s (${names})`,
    [businessId, timezone],
  )
  const stored = await q.query<Row>(`select ${names} from ${name} where business_id = $1`, [businessId])
  const rest = (await sumMovements(q, timezone, movements)).map(
    ({ programId, ...row }): Row => ({
      ...row,
      program_id: programId,
    }),
  )
  const left = new Map<string, { of: Row; stored: number; derived: number; sum: string }>()
  for (const [rows, side] of [
    [derived, 'derived'],
    [stored, 'stored'],
    [rest, 'stored'],
  ] as const) {
    for (const row of rows) {
      for (const sum of sums) {
        const key = `${row.day}/${row.program_id} ${sum}`
        const one = left.get(key) ?? { of: row, stored: 0, derived: 0, sum }
        one[side] += Number(row[sum])
        left.set(key, one)
      }
    }
  }
  for (const { of, sum, stored, derived } of left.values()) {
    if (stored !== derived) yield { what: `${name}.${sum}`, id: `${of.day}/${of.program_id}`, stored, derived }
  }
}

type Row = Record<string, number | string>

/** What was counted of each order, claim and customer is what they contribute now. */
async function* verifyCounted(q: Queryable, state: ReportState, pending: Concerned): AsyncGenerator<Difference> {
  const { businessId, timezone, currency } = state
  const orders = new Set(await ordersConcerned(q, businessId, pending))
  const isSettled = (of: ReadonlySet<Uuid>) => (one: Difference) => !of.has(one.id)
  const { orderSums, claimSums, customerSums } = COUNTED
  const ofOrders = await q.query<Difference>(
    compare('counted_orders', ['id'], orderSums, 'counted_orders', orderContributions(''), UNNAMED_ORDER),
    [businessId, currency, await programsOf(q, businessId)],
  )
  yield* ofOrders.filter(isSettled(orders))
  const ofClaims = await q.query<Difference>(
    compare('counted_claims', ['id'], claimSums, 'counted_claims', claimContributions(''), UNNAMED_CLAIM),
    [businessId, timezone, ...(await branchesNamed(q, businessId, null))],
  )
  const claims =
    orders.size === 0 ? pending.claims : new Set([...pending.claims, ...(await claimsOf(q, businessId, orders))])
  yield* ofClaims.filter(isSettled(claims))
  const ofCustomers = await q.query<Difference>(
    compare(
      'customer_visits',
      ['customer_id'],
      customerSums,
      'customer_visits',
      customerContributions(''),
      UNNAMED_CUSTOMER,
    ),
    [businessId, timezone],
  )
  yield* ofCustomers.filter(isSettled(pending.customers))
}

async function claimsOf(q: Queryable, businessId: Uuid, orders: ReadonlySet<Uuid>): Promise<Uuid[]> {
  const rows = await q.query<{ id: Uuid }>(
    'select id from claims where business_id = $1 and order_id = any ($2::uuid[])',
    [businessId, [...orders]],
  )
  return rows.map(({ id }) => id)
}

const COUNTED = {
  orderSums: ['orders', 'amount', 'returns', 'returned'],
  claimSums: ['units', 'discount'],
  customerSums: ['orders', 'amount'],
} as const

/** Columns that are no numbers, as one text. */
const UNNAMED_ORDER = 'day, branch_id, customer_id, earned'
const UNNAMED_CLAIM = 'program_id, kind, reward_id, claimed_on, outcome, ended_on, branch_id'
const UNNAMED_CUSTOMER = 'joined_on, first_on, last_on'

/** Differences in numbers, and 0 against 1 where the other columns (`more`) are not the same. */
function compare(
  table: string,
  keys: readonly string[],
  sums: readonly string[],
  what: string,
  select: string,
  more?: string,
): string {
  const id = keys.map((key) => `coalesce(s.${key}, d.${key})::text`).join(` || '/' || `)
  const same = keys.map((key) => `s.${key} = d.${key}`).join(' and ')
  const values = sums.map((sum) => `('${what}.${sum}', s.${sum}::bigint, d.${sum}::bigint)`)
  const record = (of: string) =>
    `row(${(more ?? '')
      .split(', ')
      .map((column) => `${of}.${column}`)
      .join(', ')})::text`
  if (more) values.push(`('${what}', 0, case when ${record('s')} is distinct from ${record('d')} then 1 else 0 end)`)
  return `
with s as (select * from ${table} where business_id = $1), d as (${select})
select part.what, ${id} as id, coalesce(part.stored, 0)::bigint as stored, coalesce(part.derived, 0)::bigint as derived
from s full join d on ${same}
cross join lateral (values ${values.join(', ')}) as part (what, stored, derived)
where coalesce(part.stored, 0) <> coalesce(part.derived, 0)
order by 2, 1 limit 1000`
}
