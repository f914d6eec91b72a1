// Reads the ledger for people: balances, expiry, history, and what a program has given and still
// owes. Decides nothing.
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { firstIdAt, type Uuid } from '../kernel/ids.ts'
import { signedUnits, type Transfer } from './transfers.ts'

export interface CustomerBalance {
  customerId: Uuid
  programId: Uuid
  /** Below 0 when more was taken back than was left. */
  available: number
  pending: number
  held: number
  /** What the next units repay; 0 unless `available` is below 0. */
  debt: number
}

/**
 * The balances of these customers in every program in which they ever had one. Reads the primary
 * key of accounts.
 */
export async function readBalances(
  q: Queryable,
  businessId: Uuid,
  customerIds: readonly Uuid[],
): Promise<CustomerBalance[]> {
  return q.query(READ_BALANCES, [businessId, customerIds])
}

const READ_BALANCES: Statement = {
  name: 'read_balances',
  text: `
select customer_id as "customerId", program_id as "programId", available, pending, held, greatest(0, -available) as debt
from accounts
where business_id = $1 and customer_id = any ($2::uuid[])
order by customer_id, program_id`,
}

/** What a customer will lose when, if nothing is spent: every date, not only the next. */
export interface ExpiryDate {
  programId: Uuid
  /** Null: never. Units that are still pending have theirs too. */
  expiresAt: EpochMs | null
  available: number
  pending: number
}

/** Soonest first, never last. */
export async function readExpirySchedule(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<ExpiryDate[]> {
  return q.query(READ_EXPIRY_SCHEDULE, [businessId, customerId])
}

const READ_EXPIRY_SCHEDULE: Statement = {
  name: 'read_expiry_schedule',
  text: `
select program_id as "programId", expires_at as "expiresAt",
  coalesce(sum(remaining) filter (where not pending), 0)::bigint as available,
  coalesce(sum(remaining) filter (where pending), 0)::bigint as pending
from lots
where business_id = $1 and customer_id = $2 and remaining > 0
group by program_id, expires_at
order by program_id, expires_at nulls last`,
}

/** A transfer as it is kept. `units` is above 0, `signed` is what the customer saw of it. */
export interface LedgerEntry<Why> extends Omit<Transfer<Why>, 'lots' | 'pending'> {
  signed: number
  createdAt: EpochMs
  /** Null for what orders earned and redeemed, which is by their POS. */
  actor: Actor | null
}

export interface LedgerPage {
  businessId: Uuid
  customerId: Uuid
  /** Who was merged into the customer: their history is read as well. */
  merged?: readonly Uuid[]
  /** One program only. */
  programId?: Uuid | undefined
  /** These kinds only. */
  kinds?: readonly string[] | undefined
  /** The id of the last entry of the page before. */
  before?: Uuid | undefined
  limit: number
}

/**
 * A customer's history, newest first. Reads the primary key of transfers from `before` on. `Why` is
 * what the writer put in.
 */
export async function readLedgerPage<Why>(q: Queryable, page: LedgerPage): Promise<LedgerEntry<Why>[]> {
  const { businessId, customerId, merged = [], programId = null, kinds = null, before = null, limit } = page
  if (merged.length > 0) {
    const values = [businessId, [customerId, ...merged], programId, before, limit, kinds]
    return entries(await q.query<StoredEntry<Why>>(READ_MERGED_LEDGER_PAGE, values))
  }
  return entries(
    await q.query<StoredEntry<Why>>(READ_LEDGER_PAGE, [businessId, customerId, programId, before, limit, kinds]),
  )
}

const ENTRY_COLUMNS = `
  business_id as "businessId", id, customer_id as "customerId", program_id as "programId", kind, debit, credit, units,
  source_id as "sourceId", balance, why, actor, occurred_at as "occurredAt", created_at as "createdAt"`

const READ_LEDGER_PAGE: Statement = {
  name: 'read_ledger_page',
  text: `
select ${ENTRY_COLUMNS}
from transfers
where business_id = $1 and customer_id = $2 and ($3::uuid is null or program_id = $3) and ($4::uuid is null or id < $4)
  and ($6::text[] is null or kind = any ($6))
order by id desc
limit $5`,
}

/** A page of each history, of which the newest stay. */
const READ_MERGED_LEDGER_PAGE: Statement = {
  name: 'read_merged_ledger_page',
  text: `
select page.* from unnest($2::uuid[]) as k (id)
cross join lateral (
  select ${ENTRY_COLUMNS}
  from transfers
  where business_id = $1 and customer_id = k.id and ($3::uuid is null or program_id = $3) and ($4::uuid is null or id < $4)
    and ($6::text[] is null or kind = any ($6))
  order by id desc
  limit $5
) as page
order by page.id desc
limit $5`,
}

/** Sales, subscriptions, cards, claims or adjustments, and all whose balances they ever moved. */
export interface Sources {
  businessId: Uuid
  sourceIds: readonly Uuid[]
  customerIds: readonly Uuid[]
  /** Before that nothing moved for them, by any clock. */
  since: EpochMs
  /** The most to give. */
  limit: number
}

/**
 * The latest that moved for them, oldest first. Reads what these customers have in the primary key
 * of transfers from then on.
 */
export async function readTransfersOfSources<Why>(
  q: Queryable,
  { businessId, sourceIds, customerIds, since, limit }: Sources,
): Promise<LedgerEntry<Why>[]> {
  const first = firstIdAt(since)
  return entries(
    await q.query<StoredEntry<Why>>(READ_TRANSFERS_OF_SOURCES, [businessId, customerIds, sourceIds, first, limit]),
  ).reverse()
}

const READ_TRANSFERS_OF_SOURCES: Statement = {
  name: 'read_transfers_of_sources',
  text: `
select ${ENTRY_COLUMNS}
from transfers
where business_id = $1 and customer_id = any ($2::uuid[]) and source_id = any ($3::uuid[]) and id >= $4
order by id desc
limit $5`,
}

type StoredEntry<Why> = Omit<LedgerEntry<Why>, 'signed'>

function entries<Why>(rows: readonly StoredEntry<Why>[]): LedgerEntry<Why>[] {
  return rows.map((row) => ({ ...row, signed: signedUnits(row) }))
}

/**
 * Units of one program over all customers: issued + adjusted + writtenOff − redeemed − expired =
 * outstanding.
 */
export interface ProgramSummary {
  /** Earned and granted, less what was taken back. */
  issued: number
  redeemed: number
  expired: number
  /** Added by hand, less what was taken by hand. */
  adjusted: number
  /** Forgiven. */
  writtenOff: number
  /** What customers could still spend, now or later, less what they owe. */
  outstanding: number
  /** What customers owe. */
  debt: number
  customers: number
  /** Customers with anything available, pending or held. */
  holders: number
}

/**
 * Sums the accounts of a program, found by the index accounts_of_program: what it reads grows with
 * the customers.
 */
export async function readProgramSummary(q: Queryable, businessId: Uuid, programId: Uuid): Promise<ProgramSummary> {
  const [summary] = await q.query<ProgramSummary>(READ_PROGRAM_SUMMARY, [businessId, programId])
  return must(summary, 'the one row of a sum')
}

const READ_PROGRAM_SUMMARY: Statement = {
  name: 'read_program_summary',
  text: `
select coalesce(-sum(issued), 0)::bigint as issued, coalesce(sum(redeemed), 0)::bigint as redeemed,
  coalesce(sum(expired), 0)::bigint as expired, coalesce(-sum(adjusted), 0)::bigint as adjusted,
  coalesce(-sum(written_off), 0)::bigint as "writtenOff", coalesce(sum(available + pending + held), 0)::bigint as outstanding,
  coalesce(sum(greatest(0, -available)), 0)::bigint as debt, count(*) as customers,
  count(*) filter (where available > 0 or pending > 0 or held > 0) as holders
from accounts
where business_id = $1 and program_id = $2`,
}
