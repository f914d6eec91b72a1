// Builds the sums of a business from its rows: at first, and whenever somebody asks for it.
import { branchId } from '../businesses/known-branches.ts'
import type { Database, Queryable, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { advanceReader } from '../events/readers.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import {
  CLAIM_COLUMNS,
  CUSTOMER_COLUMNS,
  claimContributions,
  customerContributions,
  ORDER_COLUMNS,
  orderContributions,
  unitSums,
} from './contributions.ts'
import { DERIVED } from './derived.ts'
import { lockReportState, reportReader } from './state.ts'
import { DAILY_UNITS, type SumTable } from './sums.ts'

/**
 * Deletes the sums and derives them again, in one transaction that sees the database at one instant
 * and locks no order. False when the business has none, or while another transaction counts.
 */
export function buildReports(db: Database, businessId: Uuid, { clock }: { clock: Clock }): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read; set local statement_timeout = 0')
    const state = await lockReportState(tx, businessId, false)
    if (!state) return false
    const now = clock.now()
    const { timezone, currency } = state
    for (const table of TABLES) await tx.query(`delete from ${table} where business_id = $1`, [businessId])
    await tx.query(
      `insert into daily_units ${columnsOf(DAILY_UNITS)} select $1::uuid, s.* from (${unitSums(TRANSFERS)}) s`,
      [businessId, timezone],
    )
    await tx.query(
      `insert into counted_orders (business_id, ${ORDER_COLUMNS}) select $1::uuid, s.* from (${orderContributions('')}) s`,
      [businessId, currency, await programsOf(tx, businessId)],
    )
    await tx.query(
      `insert into counted_claims (business_id, ${CLAIM_COLUMNS}) select $1::uuid, s.* from (${claimContributions('')}) s`,
      [businessId, timezone, ...(await branchesNamed(tx, businessId, null))],
    )
    await tx.query(
      `insert into customer_visits (business_id, ${CUSTOMER_COLUMNS}) select $1::uuid, s.* from (${customerContributions('')}) s`,
      [businessId, timezone],
    )
    for (const { table, select } of DERIVED) {
      await tx.query(`insert into ${table.name} ${columnsOf(table)} select $1::uuid, s.* from (${select}) s`, [
        businessId,
      ])
    }
    await advanceReader(tx, reportReader(businessId), await lastEventOf(tx, businessId))
    await tx.query(BUILT, [businessId, timezone, instant(now)])
    return true
  })
}

const TABLES = [
  ...DERIVED.map(({ table }) => table.name),
  DAILY_UNITS.name,
  'counted_orders',
  'counted_claims',
  'customer_visits',
]

const TRANSFERS = 'transfers where business_id = $1'

function columnsOf({ keys, sums }: SumTable): string {
  return `(business_id, ${[...Object.keys(keys), ...sums].join(', ')})`
}

/** Every program of the business: an order may have earned in one that has ended. */
export async function programsOf(q: Queryable, businessId: Uuid): Promise<Uuid[]> {
  const rows = await q.query<{ id: Uuid }>('select id from programs where business_id = $1', [businessId])
  return rows.map(({ id }) => id)
}

/** The branches that claims name, as parameters $3 to $5 of `claimContributions`; null: all claims. */
export async function branchesNamed(
  q: Queryable,
  businessId: Uuid,
  claims: readonly Uuid[] | null,
): Promise<[string[], string[], Uuid[]]> {
  const named = await q.query<{ pos: string; branch: string }>(BRANCHES_NAMED, [businessId, claims])
  const ids = named.map(({ pos, branch }) => branchId(businessId, pos, branch))
  return [named.map(({ pos }) => pos), named.map(({ branch }) => branch), ids]
}

const BRANCHES_NAMED = `
select distinct pos_name as pos, pos_branch_id as branch from claims
where business_id = $1 and ($2::uuid[] is null or id = any ($2)) and pos_name is not null and pos_branch_id is not null`

async function lastEventOf(tx: Transaction, businessId: Uuid): Promise<number> {
  const [row] = await tx.query<{ last: number }>(
    'select last_event as last from business_locks where business_id = $1',
    [businessId],
  )
  return row?.last ?? 0
}

const BUILT = `
update report_states set timezone = $2, built_at = $3::timestamptz, counted_at = $3::timestamptz where business_id = $1`
