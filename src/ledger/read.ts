// Reads the ledger for people: balances, expiry dates, movements, and the totals of a program.
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, Statement } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { firstIdAt, type Uuid } from '../kernel/ids.ts'
import { signedUnits, type Transfer } from './transfers.ts'

export interface CustomerBalance {
  customerId: Uuid
  programId: Uuid
  /** Below 0 when more units were reversed than remained. */
  available: number
  pending: number
  held: number
  /** Units that incoming units repay first; 0 unless `available` is below 0. */
  debt: number
}

/**
 * The balances of these customers in every program in which they have an account. Uses the primary
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

/** The units that expire at one time if they are not spent. */
export interface ExpiryDate {
  programId: Uuid
  /** Null: never. Pending units have an expiry, too. */
  expiresAt: EpochMs | null
  available: number
  pending: number
}

/** Every expiry date of a customer, the earliest first; units that never expire come last. */
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

/** A stored transfer. `units` is above 0; `signed` is the change that the customer sees. */
export interface LedgerEntry<Why> extends Omit<Transfer<Why>, 'lots' | 'pending'> {
  signed: number
  createdAt: EpochMs
  /** Null for units that orders earned and redeemed: the actor is their POS. */
  actor: Actor | null
}

export interface LedgerPage {
  businessId: Uuid
  customerId: Uuid
  /** Customers who were merged into this one: their movements are read as well. */
  merged?: readonly Uuid[]
  /** Only this program. */
  programId?: Uuid | undefined
  /** Only these kinds. */
  kinds?: readonly string[] | undefined
  /** The id of the last entry of the previous page. */
  before?: Uuid | undefined
  limit: number
}

/**
 * The movements of a customer, newest first. Uses the primary key of transfers from `before` on.
 * `Why` is the type of the reason that the writer stored.
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

/** Reads a page of each customer's movements and keeps the newest. */
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

/** Sales, subscriptions, cards, claims or adjustments, and all customers whose balances they changed. */
export interface Sources {
  businessId: Uuid
  sourceIds: readonly Uuid[]
  customerIds: readonly Uuid[]
  /** Nothing moved for the sources before this time, by any clock. */
  since: EpochMs
  /** The maximum number of entries. */
  limit: number
}

/**
 * The latest movements of these sources, oldest first. Uses the primary key of transfers, for these
 * customers from `since` on.
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
 * Units of one program, over all customers. Issued + adjusted + writtenOff − redeemed − expired =
 * outstanding.
 */
export interface ProgramSummary {
  /** Earned and granted, minus reversed. */
  issued: number
  redeemed: number
  expired: number
  /** Added manually, minus deducted manually. */
  adjusted: number
  writtenOff: number
  /** Units that customers can still spend, now or later, minus their debt. */
  outstanding: number
  debt: number
  customers: number
  /** Customers with available, pending or held units. */
  holders: number
}

/**
 * Sums the accounts of these programs in one scan, with the index accounts_of_program. The cost grows
 * with the number of customers.
 */
export async function readProgramSummaries(
  q: Queryable,
  businessId: Uuid,
  programIds: readonly Uuid[],
): Promise<Map<Uuid, ProgramSummary>> {
  const rows = await q.query<ProgramSummary & { programId: Uuid }>(READ_PROGRAM_SUMMARIES, [businessId, programIds])
  const read = new Map(rows.map(({ programId, ...summary }) => [programId, summary]))
  return new Map(programIds.map((id) => [id, read.get(id) ?? NO_ACCOUNTS]))
}

const NO_ACCOUNTS: ProgramSummary = {
  issued: 0,
  redeemed: 0,
  expired: 0,
  adjusted: 0,
  writtenOff: 0,
  outstanding: 0,
  debt: 0,
  customers: 0,
  holders: 0,
}

const READ_PROGRAM_SUMMARIES: Statement = {
  name: 'read_program_summaries',
  text: `
select program_id as "programId", (-sum(issued))::bigint as issued, sum(redeemed)::bigint as redeemed, sum(expired)::bigint as expired,
  (-sum(adjusted))::bigint as adjusted, (-sum(written_off))::bigint as "writtenOff",
  sum(available + pending + held)::bigint as outstanding, sum(greatest(0, -available))::bigint as debt, count(*) as customers,
  count(*) filter (where available > 0 or pending > 0 or held > 0) as holders
from accounts
where business_id = $1 and program_id = any ($2::uuid[])
group by program_id`,
}
