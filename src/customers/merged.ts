// Customers who were merged into another customer: what remains of them, and whom they belong to.
import type { Actor } from '../../contract/actor.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { moveNotes } from './notes.ts'
import { rememberPhone } from './phones.ts'

/** A row of `merged_customers`. */
export interface MergedCustomer {
  id: Uuid
  /** The customer who has their balances now. */
  into: Uuid
  mergedAt: EpochMs
  reason: string
}

/**
 * Maximum number of customers merged into one; reading the history of a customer reads theirs too.
 */
export const MAX_MERGED = 50

/** A merged customer; null when the ID belongs to a customer or to nobody. */
export async function findMerged(q: Queryable, businessId: Uuid, id: Uuid): Promise<MergedCustomer | null> {
  const [row] = await q.query<MergedCustomer>(FIND, [businessId, id])
  return row ?? null
}

/** The IDs of the customers that were merged into this one. */
export async function mergedInto(q: Queryable, businessId: Uuid, id: Uuid): Promise<Uuid[]> {
  const rows = await q.query<{ id: Uuid }>(INTO, [businessId, id])
  return rows.map((row) => row.id)
}

/** The customers that were merged into this one, the latest first. */
export function listMerged(q: Queryable, businessId: Uuid, id: Uuid): Promise<MergedProfile[]> {
  return q.query(LIST, [businessId, id])
}

/** What remains of the profile of a merged customer. */
export interface MergedProfile {
  id: Uuid
  phone: string
  name: string | null
  reason: string
  mergedAt: EpochMs
  mergedBy: Actor | null
}

export interface Merging {
  businessId: Uuid
  from: Uuid
  into: Uuid
  reason: string
}

/**
 * Replaces `from` by a row in `merged_customers`. Their number and their former numbers become
 * former numbers of `into`, who also gets the values that their profile lacks, stays excluded when
 * either of the two was, and keeps the earlier date of enrolment. IDs in POS systems move where
 * `into` has none.
 */
export async function storeMergedCustomer(
  tx: WriteTransaction,
  lock: BusinessLock,
  merging: Merging,
  now: EpochMs,
): Promise<void> {
  const { businessId, from, into, reason } = merging
  const [phone] = await tx.query<{ phone: string }>(BURY, [businessId, from, into, reason, instant(now), tx.actor])
  await Promise.all([
    tx.query('update merged_customers set into_id = $3 where business_id = $1 and into_id = $2', [
      businessId,
      from,
      into,
    ]),
    tx.query(FILL_PROFILE, [businessId, from, into, instant(now), tx.actor]),
    tx.query('update former_phones set customer_id = $3 where business_id = $1 and customer_id = $2', [
      businessId,
      from,
      into,
    ]),
    // Before the customer is deleted, and the notes with them.
    moveNotes(tx, { businessId, from, into }),
    tx.query('delete from customers where business_id = $1 and id = $2', [businessId, from]),
  ])
  recordEvents(tx, lock, [{ businessId }], () => {
    return { type: 'customer.merged', at: now, actor: tx.actor, subject: from, data: { into } }
  })
  if (phone) await rememberPhone(tx, { businessId, customerId: into, phone: phone.phone, reason }, now)
}

const FIND: Statement = {
  name: 'merged_customer',
  text: 'select id, into_id as into, merged_at as "mergedAt", reason from merged_customers where business_id = $1 and id = $2',
}

const INTO: Statement = {
  name: 'merged_into',
  text: 'select id from merged_customers where business_id = $1 and into_id = $2 order by id',
}

const LIST: Statement = {
  name: 'merged_profiles',
  text: `
select id, phone, name, reason, merged_at as "mergedAt", merged_by as "mergedBy"
from merged_customers where business_id = $1 and into_id = $2 order by merged_at desc, id desc`,
}

const BURY: Statement = {
  name: 'merge_bury',
  text: `
insert into merged_customers (business_id, id, into_id, phone, name, reason, created_at, merged_at, merged_by)
select business_id, id, $3, phone, name, $4, created_at, $5::timestamptz, $6 from customers where business_id = $1 and id = $2
returning phone`,
}

const FILL_PROFILE: Statement = {
  name: 'merge_fill_profile',
  text: `
update customers i set name = coalesce(i.name, f.name), email = coalesce(i.email, f.email), gender = coalesce(i.gender, f.gender),
  birth_date = coalesce(i.birth_date, f.birth_date), language = coalesce(i.language, f.language),
  blacklisted_at = least(i.blacklisted_at, f.blacklisted_at), created_at = least(i.created_at, f.created_at),
  updated_at = $4::timestamptz, updated_by = $5
from customers f where f.business_id = $1 and f.id = $2 and i.business_id = $1 and i.id = $3`,
}
