// Whether a business has sums, and how far they are counted.
import type { Database, Queryable, Statement, Transaction } from '../db/database.ts'
import { type Reader, registerReader } from '../events/readers.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** The reader of events that counts. */
export function reportReader(businessId: Uuid): Reader {
  return { businessId, reader: 'reports' }
}

export interface ReportState {
  businessId: Uuid
  /** Of the business now. */
  timezone: string
  currency: string
  /** False until the sums exist, and when the business has another time zone than was counted. */
  isBuilt: boolean
  /** Everything up to here is counted; null until the sums exist. */
  countedAt: EpochMs | null
}

/** Null for a business that has no sums and asked for none. */
export async function findReportState(q: Queryable, businessId: Uuid): Promise<ReportState | null> {
  const [state] = await q.query<ReportState>(FIND, [businessId])
  return state ?? null
}

/**
 * The state, locked: one transaction counts at a time. Null when there is none, and when another
 * transaction counts and `wait` is false.
 */
export async function lockReportState(tx: Transaction, businessId: Uuid, wait: boolean): Promise<ReportState | null> {
  const [locked] = await tx.query(wait ? LOCK : TRY_LOCK, [businessId])
  return locked ? findReportState(tx, businessId) : null
}

/** From its commit on, the events of the business are recorded, so that they can be counted. */
export async function beginReports(db: Database, businessId: Uuid): Promise<void> {
  await db.transaction(async (tx) => {
    await registerReader(tx, reportReader(businessId))
    await tx.query(BEGIN, [businessId])
  })
}

const FIND: Statement = {
  name: 'find_report_state',
  text: `
select s.business_id as "businessId", b.timezone, b.currency, s.built_at is not null and s.timezone = b.timezone as "isBuilt",
  s.counted_at as "countedAt"
from report_states s join businesses b on b.id = s.business_id
where s.business_id = $1`,
}

const LOCK: Statement = {
  name: 'lock_report_state',
  text: 'select from report_states where business_id = $1 for update',
}

const TRY_LOCK: Statement = {
  name: 'try_lock_report_state',
  text: 'select from report_states where business_id = $1 for update skip locked',
}

const BEGIN: Statement = {
  name: 'begin_reports',
  text: `
insert into report_states (business_id, timezone) select id, timezone from businesses where id = $1
on conflict (business_id) do nothing`,
}
